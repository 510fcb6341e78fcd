"""The kinds of the family that there are."""

from __future__ import annotations

from .kind import Kind
from .tree import TreeKind

KINDS: dict[str, type[Kind]] = {kind.name: kind for kind in (TreeKind,)}
