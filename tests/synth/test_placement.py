"""Placing and routing a small design."""

import pytest

from pezo_hw import PezoError
from pezo_hw.synth import place, synthesise
from pezo_hw.synth.placement import find_nextpnr

SHIFT = """
module top(input clk, input d, output reg q);
  reg a;
  always @(posedge clk) begin a <= d ^ q; q <= ~a; end
endmodule
"""


@pytest.mark.slow
@pytest.mark.parametrize("target", ["ecp5", "ice40", "nexus"])
def test_every_placement_has_a_frequency_and_the_slowest_path_is_named(target: str):
    timing = place(synthesise(SHIFT, {}, "top", target), seeds=(1, 2, 3))
    assert set(timing.mhz) == {1, 2, 3}
    assert timing.lowest <= timing.median <= timing.highest
    # The fastest path that these families have is some 0.4 ns, the slowest here some 4 ns.
    assert 200 < timing.lowest < 2500
    period = float(timing.limit.partition(" ns")[0])
    assert period == pytest.approx(1000 / timing.median, abs=0.02)


def test_a_missing_nextpnr_is_one_line_with_a_way_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    monkeypatch.setattr("pezo_hw.synth.placement.find_spec", lambda package: None)
    with pytest.raises(
        PezoError, match=r"nextpnr-none 0.11 or newer is needed; none is on PATH; .*--no-route"
    ):
        find_nextpnr("nextpnr-none")
