"""The AXI system against its model on Amaranth's simulator; broken hardware."""

from __future__ import annotations

from pathlib import Path

import pytest
from amaranth.hdl import Cat, Module

from pezo_hw import PezoError
from pezo_hw.config import parse
from pezo_hw.systems.axi.rtl.command_port import CommandPort
from pezo_hw.systems.axi.rtl.counters import Counters
from pezo_hw.systems.axi.rtl.frame_port import FramePort
from pezo_hw.systems.axi.rtl.lite_write import LiteWrite
from pezo_hw.systems.axi.rtl.register_file import RegisterFile
from pezo_hw.systems.axi.rtl.signatures import SLVERR
from pezo_hw.systems.registry import SYSTEMS
from pezo_hw.verify import Job
from pezo_hw.verify.amaranth_simulator import simulate
from tests.cases import BOTH, OTF, PRE, mostly_slow
from tests.making import pointed

ROTATING = {name: text for name, text in BOTH.items() if name != "still"} | {
    "loads-and-health": OTF
    + 'rngs = 7\nwidth = 5\n[system]\nload = "contents"\nhealth = "reload"\n',
    "loads-rows": PRE + 'pool = 91\nlanes = 7\nwidth = 9\n[system]\nload = "contents"\n',
    "loads-a-phase": OTF + 'rngs = 3\nwidth = 4\n[system]\nload = "phase"\n',
    "wide-count": OTF + "rngs = 3\nwidth = 4\n[system]\ncount_bits = 40\n",
    "no-errors": OTF + 'rngs = 3\nwidth = 4\n[system]\nerrors = "okay"\n',
    "padded": OTF + 'rngs = 4\nwidth = 5\n[system]\ntuser = false\ntdata = "power-of-two"\n',
    "narrow-count": OTF + "rngs = 3\nwidth = 4\n[system]\ncount_bits = 4\n",
}


def run(text: str, folder: Path, cycles: int = 600) -> None:
    """Raises AssertionError at the first bit that is not the golden one."""
    config = parse(text, name="case")
    simulate(Job(config=config, bench="axi", simulator="amaranth", cycles=cycles), folder)


@pytest.mark.parametrize(
    "name", mostly_slow(ROTATING, "two-counters", "loads-and-health", "no-errors", "padded")
)
def test_against_the_model(name: str, tmp_path: Path):
    run(ROTATING[name], tmp_path)


def test_pins_of_the_stream():
    """90 bytes become 128, 31 numbers and their code are 256 bits as they are; no tuser, no pin."""
    row = PRE + "pool = 4095\nlanes = 45\nwidth = 12\n[system]\n"
    cases = {
        row: (720, True),
        row + 'tdata = "power-of-two"\n': (1024, True),
        row + "tuser = false\n": (720, False),
        OTF + '[system]\ntdata = "power-of-two"\ntuser = false\n': (256, False),
    }
    for text, (bits, user) in cases.items():
        device = SYSTEMS["axi"].create(parse(text, name="case"))
        assert len(device.m_axis_tdata) == bits
        assert hasattr(device, "m_axis_tuser") == user


class TakesParts(LiteWrite):
    """Writes whatever the strobes are."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.sync += self.bus.write.eq(self.axi.awready & self.axi.wready)
        return m


class AllowsEverything(RegisterFile):
    """Answers OKAY wherever a word is read."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.bus.read_allowed.eq(1)
        return m


class CountsReplays(Counters):
    """Counts a beat as a perturbation."""

    def elaborate(self, platform):
        m = Module()
        m.submodules.counters = inner = Counters(faults=self._counts_faults)
        m.d.comb += [
            inner.perturbation.eq(self.perturbation | self.transfer),
            *(getattr(inner, n).eq(getattr(self, n)) for n in ("transfer", "fault", "clear")),
            *(getattr(self, n).eq(getattr(inner, n)) for n in ("perturbations", "transfers")),
            self.faults.eq(inner.faults),
        ]
        return m


class CountsOneMore(CommandPort):
    """Asks for a beat more than it was told."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.command.payload.length.eq(self.beats)
        return m


class DropsTheRestart(FramePort):
    """Restarts only where nothing is offered."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.reset.eq(self.restart & ~self.beat.valid)
        return m


def slots_without_signs(payload, parameters):
    """Zero-extended mantissas."""
    layout, slot = parameters.layout, 8 * parameters.slot_bytes
    lanes = (payload.mantissa.word_select(i, layout.lane_bits) for i in range(layout.lanes))
    return Cat(Cat(lane, [0] * (slot - layout.lane_bits)) for lane in lanes)


BROKEN = {
    "LiteWrite": TakesParts,
    "RegisterFile": AllowsEverything,
    "Counters": CountsReplays,
    "CommandPort": CountsOneMore,
    "FramePort": DropsTheRestart,
}


def test_an_error_where_there_is_none_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.axi.rtl.lite_read.OKAY", SLVERR)
    with pytest.raises(AssertionError, match="s_axi_rresp"):
        run(ROTATING["no-errors"], tmp_path)


@pytest.mark.parametrize("part", mostly_slow(BROKEN, "CommandPort", "LiteWrite"))
def test_broken_hardware_is_seen(part: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(f"pezo_hw.systems.axi.rtl.wrapper.{part}", BROKEN[part])
    with pytest.raises(AssertionError, match=" is "):
        run(ROTATING["one-lane"], tmp_path, cycles=2500)


def test_a_missing_sign_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.axi.rtl.frame_port.slots_of", slots_without_signs)
    with pytest.raises(AssertionError, match="m_axis_tdata mantissa"):
        run(ROTATING["one-counter"], tmp_path)


def test_the_pointer_has_no_axi():
    with pytest.raises(PezoError, match=r"on-the-fly\.architecture"):
        SYSTEMS["axi"].create(parse(pointed(BOTH["smallest"]), name="case"))
