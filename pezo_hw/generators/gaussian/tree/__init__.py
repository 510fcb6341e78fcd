"""TreeGRNG: a number is found bit by bit, going down a tree of thresholds."""

from .kind import TreeKind

__all__ = ["TreeKind"]
