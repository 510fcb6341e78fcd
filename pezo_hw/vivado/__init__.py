"""What Vivado, IP-XACT readers and FuseSoC need of a generated core, beside its Verilog."""

from .clock import ClockParameters
from .hand_off import hand_off

__all__ = ["ClockParameters", "hand_off"]
