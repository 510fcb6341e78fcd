"""Parameters: frozen, self-validating, the one source of golden models and hardware alike."""

from .address import AddressSequence
from .bank import BankParameters
from .beat_layout import BeatLayout
from .fixed_point import FixedPoint
from .lfsr import LFSRParameters
from .on_the_fly import ARCHITECTURES, OnTheFlyParameters
from .pre_generated import PreGeneratedParameters
from .scaling import ScalingParameters
from .seeds import derive_seeds

__all__ = [
    "ARCHITECTURES",
    "AddressSequence",
    "BankParameters",
    "BeatLayout",
    "FixedPoint",
    "LFSRParameters",
    "OnTheFlyParameters",
    "PreGeneratedParameters",
    "ScalingParameters",
    "derive_seeds",
]
