"""The hardware, in Amaranth; every component takes its numbers from `pezo_hw.parameters`."""

from .circular_shift_pointer import CircularShiftPointer
from .lfsr_bank import LFSRBank
from .on_the_fly import OnTheFlyCore
from .pool_reader import PoolReader
from .pre_generated import PreGeneratedCore
from .replay_sequencer import ReplaySequencer
from .rotating_bank import RotatingBank
from .scale_factor_lut import ScaleFactorLUT
from .shifter import Shifter
from .stream_wrapper import StreamWrapper
from .tile import Tile

__all__ = [
    "CircularShiftPointer",
    "LFSRBank",
    "OnTheFlyCore",
    "PoolReader",
    "PreGeneratedCore",
    "ReplaySequencer",
    "RotatingBank",
    "ScaleFactorLUT",
    "Shifter",
    "StreamWrapper",
    "Tile",
]
