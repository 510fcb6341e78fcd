"""The golden model, in NumPy alone: what every other form of the stream is compared with."""

from .axi_lite_model import LiteInputs, LitePins
from .axi_model import AXIModel, AXIPins
from .beats import Beats
from .cycle_model import CycleModel, PinTrace
from .edge_counter import EdgeCounter, Flags, spans_between_resets
from .handshake_model import HandshakeModel
from .load import contents_words, phase_words, row_words
from .load_model import LoadInputs, LoadModel, LoadPins
from .on_the_fly import OnTheFlyStream
from .on_the_fly_loads import OnTheFlyLoads
from .orbit import Orbit
from .perturbation import PerturbationSequence
from .pool import Pool
from .pre_generated import PreGeneratedStream
from .replay_model import Command, ReplayModel, ReplayPins
from .row_loads import RowLoads
from .scale_table import ScaleTable
from .stream import Stream

__all__ = [
    "AXIModel",
    "AXIPins",
    "Beats",
    "Command",
    "CycleModel",
    "EdgeCounter",
    "Flags",
    "HandshakeModel",
    "LiteInputs",
    "LitePins",
    "LoadInputs",
    "LoadModel",
    "LoadPins",
    "OnTheFlyLoads",
    "OnTheFlyStream",
    "Orbit",
    "PerturbationSequence",
    "PinTrace",
    "Pool",
    "PreGeneratedStream",
    "ReplayModel",
    "ReplayPins",
    "RowLoads",
    "ScaleTable",
    "Stream",
    "contents_words",
    "phase_words",
    "row_words",
    "spans_between_resets",
]
