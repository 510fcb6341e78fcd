"""A pool of stored numbers, read round and round."""

from .generator import PreGeneratedGenerator
from .parameters import PreGeneratedParameters

__all__ = ["PreGeneratedGenerator", "PreGeneratedParameters"]
