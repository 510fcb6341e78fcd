"""The core as a system."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ...config import Config
from ..system import CLOCK, OF_BEAT, ActivityDriver, System, VerilogTestbench, layout_of
from .bench import CoreBench

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

_HERE = Path(__file__).parent


class CoreSystem(System):
    """The generator's own pins: a clock enable, ``valid``, and the fields of a beat."""

    name = "core"
    pins: ClassVar[Mapping[str, str]] = {
        "clk": CLOCK,
        "rst": "synchronous reset, active high; wins over en; starts again from cycle 0",
        "en": "clock enable of everything; low freezes every output",
        "valid": "mantissa (and code) are a beat; it is taken at a clock edge where en & valid",
        **OF_BEAT,
    }

    def create(self, config: Config) -> Component:
        self.check(config)
        return config.create()

    def bench(self, config: Config) -> CoreBench:
        return CoreBench(config, self.top(config), partial(self.create, config))

    def interface(self, config: Config, top: str) -> dict[str, object]:
        return {}

    def testbench(self, config: Config, beats: int) -> VerilogTestbench:
        layout = layout_of(config)
        nets, low = {"en": "take", "valid": "valid"}, 0
        for name, width in layout.fields.items():
            nets[name] = f"shown[{low + width - 1}:{low}]"
            low += width
        template = _HERE.with_name("testbench_of_beats.sv")
        return VerilogTestbench(template=template, nets=nets, width=layout.width)

    def activity(self, config: Config) -> ActivityDriver:
        return ActivityDriver(template=_HERE / "activity.cpp")

    def top(self, config: Config) -> str:
        return super().top(config).removesuffix(f"_{self.name}")
