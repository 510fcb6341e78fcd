"""Parameters: frozen, self-validating, the one source of golden models and hardware alike."""

from .address import AddressSequence
from .axi import AXIParameters
from .bank import BankParameters
from .beat_layout import BeatLayout
from .fixed_point import FixedPoint
from .history_window import HistoryWindow
from .lfsr import LFSRParameters
from .on_the_fly import ARCHITECTURES, OnTheFlyParameters
from .pre_generated import PreGeneratedParameters
from .replay import ReplayParameters, history_window
from .scaling import ScalingParameters
from .seeds import derive_seeds
from .system_options import SystemOptions

__all__ = [
    "ARCHITECTURES",
    "AXIParameters",
    "AddressSequence",
    "BankParameters",
    "BeatLayout",
    "FixedPoint",
    "HistoryWindow",
    "LFSRParameters",
    "OnTheFlyParameters",
    "PreGeneratedParameters",
    "ReplayParameters",
    "ScalingParameters",
    "SystemOptions",
    "derive_seeds",
    "history_window",
]
