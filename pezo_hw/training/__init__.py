"""Zeroth-order training with the hardware's own perturbations, or with others to compare."""

from .source import PerturbationSource

__all__ = ["PerturbationSource"]
