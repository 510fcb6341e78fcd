"""Where perturbations come from: distributions to compare with, and the hardware's streams."""

from .catalogue import find_source, source_names
from .distributions import RandomSource
from .gaussian import GaussianSource
from .integer_uniform import IntegerUniformSource
from .rademacher import RademacherSource
from .uniform import UniformSource

__all__ = [
    "GaussianSource",
    "IntegerUniformSource",
    "RademacherSource",
    "RandomSource",
    "UniformSource",
    "find_source",
    "source_names",
]
