"""What a perturbation generator replaces: a bank of Gaussian ones."""

from .generator import GaussianGenerator
from .parameters import GaussianParameters

__all__ = ["GaussianGenerator", "GaussianParameters"]
