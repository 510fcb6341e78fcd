"""The golden model's stream at the speed of copying memory, and weights perturbed with it."""

from .perturb import perturb_
from .stream import FastStream

__all__ = ["FastStream", "perturb_"]
