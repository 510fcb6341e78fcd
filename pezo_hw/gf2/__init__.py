"""Arithmetic over GF(2): polynomials, matrices, and the taps of maximal-length LFSRs."""

from .matrix import BitMatrix
from .polynomial import is_primitive
from .taps import DEFAULT_TAPS

__all__ = ["DEFAULT_TAPS", "BitMatrix", "is_primitive"]
