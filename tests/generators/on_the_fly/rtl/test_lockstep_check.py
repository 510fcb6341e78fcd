"""What is kept twice must stay twice; what the check does is proven in tests/formal."""

from __future__ import annotations

import pytest

from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.synth.measurement import map_core
from pezo_hw.synth.resources import count
from tests.cases import OTF


def flip_flops(health: str, target: str) -> int:
    text = f'{OTF}rngs = 7\nwidth = 5\n[system]\nhealth = "{health}"\n'
    return count(map_core(emit_core(parse(text, name="case"), system="replay"), target)).ff


@pytest.mark.slow
@pytest.mark.parametrize("target", ["xcup", "ecp5"])
def test_no_tool_merges_the_copy_with_the_tracker(target: str):
    delay_line, expected, copy, counter, armed_and_fault = 5, 5, 5, 3, 2
    more = flip_flops("flag", target) - flip_flops("none", target)
    assert more == delay_line + expected + copy + counter + armed_and_fault
