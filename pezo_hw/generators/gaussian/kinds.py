"""The kinds of the family that there are."""

from __future__ import annotations

from .clt import CLTKind
from .kind import Kind
from .table_hadamard import TableHadamardKind
from .tree import TreeKind

_KINDS: tuple[type[Kind], ...] = (
    TreeKind,
    TableHadamardKind,
    CLTKind,
)
KINDS = {kind.name: kind for kind in _KINDS}
