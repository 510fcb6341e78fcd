"""The central limit theorem: a sum of uniform words is nearly Gaussian."""

from .kind import CLTKind

__all__ = ["CLTKind"]
