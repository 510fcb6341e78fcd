"""Piecewise CLT: a small sum of uniform words, put at one of many places."""

from .kind import PiecewiseCLTKind

__all__ = ["PiecewiseCLTKind"]
