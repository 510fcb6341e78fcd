"""From Amaranth components to files: Verilog, memory contents, manifest."""

from .core import EmittedCore, emit_core, require_top
from .verilog import EmittedVerilog, emit_verilog, verilog_of_rtlil

__all__ = [
    "EmittedCore",
    "EmittedVerilog",
    "emit_core",
    "emit_verilog",
    "require_top",
    "verilog_of_rtlil",
]
