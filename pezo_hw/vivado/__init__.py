"""What Vivado, IP-XACT readers and FuseSoC need of a generated core, beside its Verilog."""

from .hand_off import hand_off
from .out_of_context import ClockParameters
from .part import Part

__all__ = ["ClockParameters", "Part", "hand_off"]
