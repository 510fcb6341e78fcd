"""Where perturbations come from: distributions to compare with, and the hardware's streams."""

from .catalogue import find_source, source_names
from .distributions import (
    GaussianSource,
    IntegerUniformSource,
    RademacherSource,
    RandomSource,
    UniformSource,
)

__all__ = [
    "GaussianSource",
    "IntegerUniformSource",
    "RademacherSource",
    "RandomSource",
    "UniformSource",
    "find_source",
    "source_names",
]
