"""The AXI system as a system."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...config import Config
from ...generators.facts import Facts
from ...names import macro_of
from ...registers import DESCRIPTION
from ..replay.system import ReplaySystem
from ..system import (
    PERTURBATION,
    ActivityDriver,
    System,
    VerilogTestbench,
    check_beat,
    testbench_lengths,
)
from .bench import AXIBench
from .parameters import AXIParameters
from .pins import PINS

if TYPE_CHECKING:
    from .rtl.wrapper import AXIWrapper


_HERE = Path(__file__).parent
_NETS = {
    "aclk": "clk",
    "aresetn": "!rst",
    "s_axi_awaddr": "address",
    "s_axi_awvalid": "address_valid",
    "s_axi_awready": "address_ready",
    "s_axi_wdata": "data",
    "s_axi_wstrb": "4'hF",
    "s_axi_wvalid": "data_valid",
    "s_axi_wready": "data_ready",
    "s_axi_bresp": "response",
    "s_axi_bvalid": "answered",
    "s_axi_bready": "1'b1",
    "m_axis_tdata": "shown",
    "m_axis_tvalid": "valid",
    "m_axis_tready": "take",
    "m_axis_tlast": "last",
    "m_axis_tuser": "first",
}
# What the testbench holds against the pin that says which beat is the first.
_FIRST = " || first !== (left == beats)"


class AXISystem(System):
    """A `ReplaySequencer` in an `AXIWrapper`, its registers described, with a C header."""

    name = "axi"
    pins = PINS
    has_own_clock = True
    options = (*ReplaySystem.options, "errors", "tuser", "tdata")

    def _check_generator(self, config: Config) -> None:
        check_beat(config, more_bits=1)
        axi = AXIParameters.of(config)
        slot = 8 * axi.slot_bytes
        more = slot if axi.layout.code_bits else 0
        config.generator.check_beat_bus(lane_bits=slot, more_bits=more)

    def create(self, config: Config) -> AXIWrapper:
        from .rtl.wrapper import AXIWrapper

        self.check(config)
        return AXIWrapper(AXIParameters.of(config))

    def bench(self, config: Config) -> AXIBench:
        return AXIBench(config, self.top(config), partial(self.create, config))

    def interface(self, config: Config, top: str) -> dict[str, object]:
        """How a beat lies in m_axis_tdata, which file describes the registers, their constants."""
        axi = AXIParameters.of(config)
        slot, layout = 8 * axi.slot_bytes, axi.layout
        stream: dict[str, object] = {"slot_bits": slot, "lanes": layout.lanes}
        if axi.padding_bits:
            stream["zeros"] = {"low": axi.filled_bits, "width": axi.padding_bits}
        if layout.code_bits:
            stream["code"] = {"low": slot * layout.lanes, "width": layout.code_bits}
        return {
            "stream": stream,
            "lead": axi.replay.lead,
            "registers": {"file": _registers_file(top), "constants": axi.constants},
        }

    def files(self, config: Config, top: str) -> dict[str, str]:
        """The registers in SystemRDL, and what the C driver has to be told."""
        axi = AXIParameters.of(config)
        return {
            _registers_file(top): DESCRIPTION.read_text("utf-8"),
            config_header_file(top): config_header(axi, config.generator.facts(), top),
        }

    def testbench(self, config: Config, beats: int) -> VerilogTestbench:
        axi = AXIParameters.of(config)
        longest = min(beats, 1 << axi.replay.count_bits)
        return VerilogTestbench(
            template=_HERE / "testbench.sv",
            nets=_NETS,
            width=axi.stream_bits,
            slot_bits=8 * axi.slot_bytes,
            golden=axi.replay.plan.perturbations(testbench_lengths(beats, longest)),
            values={
                "longest": longest,
                "lead": axi.replay.lead + 1,
                "lanes": axi.layout.lanes,
                "unused": axi.replay.unused_bits,
                "first": _FIRST if axi.marks_first else "",
            },
        )

    def activity(self, config: Config) -> ActivityDriver:
        replay = AXIParameters.of(config).replay
        beats = min(PERTURBATION, 1 << replay.count_bits)
        values = {"beats": beats, "lead": replay.lead + 1}
        return ActivityDriver(template=_HERE / "activity.cpp", values=values)


def _registers_file(top: str) -> str:
    """The file that describes the registers of a system, in SystemRDL."""
    return f"{top}.rdl"


def config_header_file(top: str) -> str:
    """The header's name."""
    return f"{top}_config.h"


def config_header(axi: AXIParameters, facts: Facts, top: str) -> str:
    """The header's text, for use with ``pezo.h``; every name in it begins with the top's name.

    The headers of any two tops can be included together, in either order.
    """
    guard = macro_of(top, "CONFIG_H")
    constants = {
        "LANES": f"{axi.layout.lanes}u",
        "BEAT_BYTES": f"{axi.stream_bits // 8}u",
        **facts.constants,
    }
    defines = "".join(f"#define {macro_of(top, name)} {text}\n" for name, text in constants.items())
    return (
        f"/* {top}: what pezo.h has to be told of it, generated by pezo_hw. */\n\n"
        f'#ifndef {guard}\n#define {guard}\n\n#include "pezo.h"\n\n'
        f"{defines}{facts.objects(top)}\n#endif /* {guard} */\n"
    )
