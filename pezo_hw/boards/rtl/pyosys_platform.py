"""A platform of Amaranth with this package's way to Verilog."""

from __future__ import annotations

from amaranth.vendor import XilinxPlatform

from ...emit import verilog_of_rtlil


def on_pyosys(platform_class: type[XilinxPlatform], inner: str) -> type[XilinxPlatform]:
    """The platform without Amaranth's own way to Verilog, which needs another Yosys.

    Amaranth's debugging copy of the design is left out: it names files of this machine.

    Parameters
    ----------
    platform_class : class
        The platform.
    inner : str
        What lies within its pins, for the first line of the Verilog.
    """

    class PyosysPlatform(platform_class):
        @property
        def file_templates(self) -> dict[str, str]:
            templates = dict(super().file_templates)
            del templates["{{name}}.debug.v"]
            return templates | {"{{name}}.v": "{{platform.verilog(name, emit_rtlil())}}"}

        def verilog(self, name: str, rtlil: str) -> str:
            """The shell as Verilog."""
            return f"// {name}: the pins of the board around {inner}.\n{verilog_of_rtlil(rtlil)}"

    return PyosysPlatform
