"""Zeroth-order training with the hardware's own perturbations, or with others to compare."""

from .checkpoint import read_checkpoint, write_checkpoint
from .loss import LossError
from .parameters import ZOSGDParameters
from .run import SavedOptimizer, StepReport
from .source import PerturbationSource
from .weights import Weights
from .zo_sgd import ZOSGD

__all__ = [
    "ZOSGD",
    "LossError",
    "PerturbationSource",
    "SavedOptimizer",
    "StepReport",
    "Weights",
    "ZOSGDParameters",
    "read_checkpoint",
    "write_checkpoint",
]
