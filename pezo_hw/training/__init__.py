"""Zeroth-order training with the hardware's own perturbations, or with others to compare."""

from .checkpoint import read_checkpoint, write_checkpoint
from .loss import LossError
from .parameters import ZOSGDParameters
from .replay import begin_log, replay
from .replay_file import read_log, write_log
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
    "begin_log",
    "read_checkpoint",
    "read_log",
    "replay",
    "write_checkpoint",
    "write_log",
]
