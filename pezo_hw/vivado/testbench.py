"""A testbench in Verilog that needs no Python: it compares with words of the golden stream."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..config import Config
from ..numbers.beat_layout import BeatLayout
from ..numbers.bit_rows import integers_of_rows, rows_of_beats
from ..systems.registry import SYSTEMS
from ..systems.system import FIRST_LENGTH, MORE_LENGTH, VerilogTestbench
from ..tools.files import fill_template
from .design import Design

BEATS = 256
_FOLDER = Path(__file__).parent / "templates"


def testbench_files(config: Config, design: Design) -> dict[str, str]:
    """The testbench and its golden words, by file name."""
    system = SYSTEMS[design.system].testbench(config, BEATS)
    golden = f"{design.top}_tb.hex"
    bench = fill_template(
        system.template,
        top=design.top,
        beats=BEATS,
        width=system.width,
        stalls=fill_template(_FOLDER / "testbench_stalls.sv", golden=golden, top=design.top),
        golden_beat=fill_template(_FOLDER / "testbench_golden_beat.sv"),
        commands=fill_template(
            _FOLDER / "testbench_commands.sv",
            top=design.top,
            first=FIRST_LENGTH,
            more=MORE_LENGTH,
        ),
        pins=_connections(design, system.nets),
        **system.values,
    )
    digits = -(-system.width // 4)
    words = golden_words(config, system, BEATS)
    text = "".join(f"{word:0{digits}x}\n" for word in words)
    return {f"{design.top}_tb.sv": bench, golden: text}


def _connections(design: Design, nets: Mapping[str, str]) -> str:
    """Connections of every pin; an input that the testbench does not know is low."""
    nets = {"clk": "clk", "rst": "rst", **nets}
    idle = {"input": "{width}'d0", "output": ""}
    return ",\n".join(
        f"    .{port.name}({nets.get(port.name, idle[port.direction].format(width=port.width))})"
        for port in design.ports
    )


def golden_words(config: Config, testbench: VerilogTestbench, cycles: int) -> list[int]:
    """What it compares with: of each beat the mantissas, lane 0 lowest, and the code above them.

    Each number takes as many bits as it has, or the testbench's ``slot_bits``, sign-extended.
    """
    layout, slot_bits = BeatLayout.of(config.parameters), testbench.slot_bits
    mantissa, code = testbench.golden or _first_beats(config, cycles)
    slot = slot_bits or layout.lane_bits
    code_bits = layout.code_bits and (slot_bits or layout.code_bits)
    rows = rows_of_beats(mantissa, code, lane_bits=slot, code_bits=code_bits)
    return integers_of_rows(rows)


def _first_beats(config: Config, cycles: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    beats = config.stream().window(0, cycles)
    return beats.mantissa, beats.code
