"""The golden model's stream at the speed of copying memory, and weights perturbed with it."""

from .exact import ExactPerturbation
from .exact_update import ExactUpdate
from .perturb import perturb_
from .stream import FastStream

__all__ = ["ExactPerturbation", "ExactUpdate", "FastStream", "perturb_"]
