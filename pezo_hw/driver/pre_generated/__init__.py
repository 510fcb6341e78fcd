"""Pools of stored numbers, as the driver knows them."""

from .family import PreGeneratedFamily
from .pool import Pool

__all__ = ["Pool", "PreGeneratedFamily"]
