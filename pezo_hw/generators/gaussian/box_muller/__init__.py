"""Box-Muller: a radius and an angle, by tables of logarithm, root and cosine."""

from .kind import BoxMullerKind

__all__ = ["BoxMullerKind"]
