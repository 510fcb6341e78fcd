"""The kinds of the family that there are."""

from __future__ import annotations

from .box_muller import BoxMullerKind
from .clt import CLTKind
from .kind import Kind
from .piecewise_clt import PiecewiseCLTKind
from .table_hadamard import TableHadamardKind
from .tree import TreeKind

_KINDS: tuple[type[Kind], ...] = (
    TreeKind,
    TableHadamardKind,
    CLTKind,
    PiecewiseCLTKind,
    BoxMullerKind,
)
KINDS = {kind.name: kind for kind in _KINDS}
