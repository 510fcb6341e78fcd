"""What the hand-off knows of a core."""

from __future__ import annotations

import re

import pytest

from pezo_hw.vivado.design import Design
from tests.vivado.cases import SYSTEMS, axi_design, plain


@pytest.mark.parametrize("name", SYSTEMS)
def test_ports_are_those_of_the_verilog(name: str):
    core = plain(name)
    design = Design.of(core)
    top = core.files[core.verilog_file].split("endmodule")[0]
    declared = re.findall(r"^  (input|output) (?:\[(\d+):0\] )?(\w+);", top, re.MULTILINE)
    assert {(p.name, p.direction, p.width, p.is_bus) for p in design.ports} == {
        (port, direction, int(high or 0) + 1, bool(high)) for direction, high, port in declared
    }


def test_files():
    design = Design.of(plain("pool"))
    assert design.verilog == "pezo_pool.v"
    assert design.memories == ("pezo_pool_pool.mem",)
    assert design.system == "core"


def test_clock_and_reset():
    ours, axi = Design.of(plain("replay")), axi_design()
    assert (ours.clock, ours.reset, ours.reset_is_low) == ("clk", "rst", False)
    assert (axi.clock, axi.reset, axi.reset_is_low) == ("aclk", "aresetn", True)
