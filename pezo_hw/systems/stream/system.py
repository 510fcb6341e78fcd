"""The handshake as a system."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...config import Config
from ..system import (
    CLOCK,
    ActivityDriver,
    System,
    VerilogTestbench,
    check_beat,
    describe_fields,
    layout_of,
)
from .bench import StreamBench

if TYPE_CHECKING:
    from .rtl.wrapper import StreamWrapper

_HERE = Path(__file__).parent
STREAM_PINS = {
    "clk": CLOCK,
    "rst": "synchronous reset, active high; lowers o__valid and starts again from cycle 0",
    "o__valid": "o__payload is a beat; never waits for o__ready, and stays until the beat is taken",
    "o__ready": "the beat is taken at a clock edge where o__valid & o__ready",
    "o__payload": "a beat, laid out as payload says; keeps its value until it is taken",
}


class StreamSystem(System):
    """A core in a `StreamWrapper`."""

    name = "stream"
    pins = STREAM_PINS

    def _check_generator(self, config: Config) -> None:
        check_beat(config)

    def create(self, config: Config) -> StreamWrapper:
        from .rtl.wrapper import StreamWrapper

        self.check(config)
        return StreamWrapper(config.create(), layout_of(config))

    def bench(self, config: Config) -> StreamBench:
        return StreamBench(config, self.top(config), partial(self.create, config))

    def interface(self, config: Config, top: str) -> dict[str, object]:
        return {"payload": describe_fields(layout_of(config).fields)}

    def testbench(self, config: Config, beats: int) -> VerilogTestbench:
        return VerilogTestbench(
            template=_HERE.with_name("testbench_of_beats.sv"),
            nets={"o__ready": "take", "o__valid": "valid", "o__payload": "shown"},
            width=layout_of(config).width,
        )

    def activity(self, config: Config) -> ActivityDriver:
        return ActivityDriver(template=_HERE / "activity.cpp")
