"""What Vivado, IP-XACT readers and FuseSoC need of a generated core, beside its Verilog."""

from .design import Design
from .hand_off import hand_off
from .interfaces import warn_of_width
from .out_of_context import ClockParameters
from .part import Part

__all__ = ["ClockParameters", "Design", "Part", "hand_off", "warn_of_width"]
