"""Perturbations on command: unusual generators, broken hardware, and the bound on a jump."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from amaranth.hdl import Const, Module, Signal

from pezo_hw import ConfigError, PezoError
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.generators.on_the_fly.history_window import HistoryWindow
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.rtl.lockstep_check import LockstepCheck
from pezo_hw.generators.on_the_fly.rtl.rewinding_core import RewindingOnTheFlyCore
from pezo_hw.generators.pre_generated.rtl.pool_reader import PoolReader
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.registry import SYSTEMS
from pezo_hw.systems.replay.rtl.beat_counter import BeatCounter
from pezo_hw.systems.replay.rtl.sequencer import ReplaySequencer
from tests.cases import BOTH, OTF, mostly_slow
from tests.making import pointed, replay_of
from tests.rtl.simulation import run

ROTATING = {name: text for name, text in BOTH.items() if name != "still"}
# Windows around powers of two, a window that the tracker decides, leaps of all bits.
ROTATING |= {f"window-{n}": OTF + f"rngs = {n}\nwidth = 5\n" for n in (9, 15, 16, 17)} | {
    "tracker": OTF + "rngs = 2\nwidth = 13\n",
    "whole-leap": OTF + "rngs = 4\nwidth = 8\nsteps_per_cycle = 8\n",
}


@pytest.mark.parametrize(
    "name", mostly_slow(ROTATING, "smallest", "power-of-two", "tracker", "whole-leap", "two-rows")
)
def test_against_the_replay_model(name: str, tmp_path: Path):
    run(ROTATING[name], "replay", tmp_path)


HEALTHY = ("smallest", "full-house", "power-of-two", "leap", "fixed-point", "tracker", "window-17")


@pytest.mark.parametrize("health", ["flag", "reload"])
@pytest.mark.parametrize("name", mostly_slow(HEALTHY, "full-house", "leap"))
def test_no_fault_without_a_flip(name: str, health: str, tmp_path: Path):
    text = ROTATING[name].replace("[scaling]", f'[system]\nhealth = "{health}"\n[scaling]')
    if "[system]" not in text:
        text += f'[system]\nhealth = "{health}"\n'
    run(text, "replay", tmp_path)


def test_a_check_that_starts_too_soon_is_seen(tmp_path: Path, monkeypatch):
    class TooSoon(LockstepCheck):
        def elaborate(self, platform):
            self.complete = Const(1)
            return super().elaborate(platform)

    monkeypatch.setattr("pezo_hw.generators.on_the_fly.rtl.rewinding_core.LockstepCheck", TooSoon)
    with pytest.raises(AssertionError, match="fault is 1"):
        run(ROTATING["power-of-two"] + '[system]\nhealth = "flag"\n', "replay", tmp_path)


@pytest.mark.parametrize("name", ["smallest", "power-of-two"])
def test_without_health_there_is_nothing_of_it(name: str):
    config = parse(ROTATING[name], name="case")
    verilog = emit_core(config, system="replay").files["pezo_case_replay.v"]
    assert not re.search("lockstep|reload|fault", verilog)


def too_short(self: HistoryWindow) -> int:
    return self.needed - 1


@pytest.mark.parametrize("name", ["power-of-two", "tracker", "fixed-point", "window-17"])
def test_a_window_that_is_too_short_is_seen(name: str, tmp_path: Path, monkeypatch):
    """One edge fewer than needed leaves something old in the ring, the tracker or the pipeline."""
    monkeypatch.setattr(HistoryWindow, "prefill", property(too_short))
    with pytest.raises(AssertionError, match=r"o__payload .* is"):
        run(ROTATING[name], "replay", tmp_path)


class ForgetsTheMark(PoolReader):
    """Always goes back to row 0."""

    def _keep_marks(self, m, counter):
        m.d.comb += counter.load.eq(self.rewind)


class RecordsNothing(RewindingOnTheFlyCore):
    """Keeps the history of the reset."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.submodules.history.record = Signal()
        return m


class OneBeatMore(BeatCounter):
    """Gives a beat more than it was asked for."""

    def elaborate(self, platform):
        m = Module()
        m.submodules.right = right = BeatCounter(len(self.length), self.low_bits)
        m.d.comb += [
            right.start.eq(self.start),
            right.take.eq(self.take),
            right.length.eq(self.length + 1),
            self.busy.eq(right.busy),
            self.last.eq(right.last),
            self.closing.eq(right.closing),
        ]
        return m


@pytest.mark.parametrize("name", ["power-of-two", "two-counters"])
def test_a_beat_too_many_is_seen(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.replay.rtl.sequencer.BeatCounter", OneBeatMore)
    with pytest.raises(AssertionError, match=r" is .*, expected"):
        run(ROTATING[name], "replay", tmp_path)


def test_a_pool_that_forgets_its_mark_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(
        "pezo_hw.generators.pre_generated.rtl.rewinding_core.PoolReader", ForgetsTheMark
    )
    with pytest.raises(AssertionError, match=r"o__payload .* is"):
        run(ROTATING["two-counters"], "replay", tmp_path)


def test_a_history_that_is_not_recorded_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(
        "pezo_hw.generators.on_the_fly.rtl.rewinding_core.RewindingOnTheFlyCore", RecordsNothing
    )
    with pytest.raises(AssertionError, match=r"o__payload .* is"):
        run(ROTATING["power-of-two"], "replay", tmp_path)


@pytest.mark.parametrize("width", [8, 14, 18])
@pytest.mark.parametrize("rngs", [13, 16, 17, 25, 31, 32, 33, 63])
def test_the_first_beat_comes_within_n_plus_8_cycles(rngs: int, width: int):
    """A command's first beat is shown ``lead + 1`` cycles later."""
    replay = replay_of(OnTheFlyParameters(rngs=rngs, width=width))
    assert replay.lead + 1 <= rngs + 8


def test_a_bank_that_stands_still_has_no_replay():
    with pytest.raises(PezoError, match=r"rotate = false .* feeds the ring"):
        SYSTEMS["replay"].create(parse(BOTH["still"], name="case"))


def test_the_pointer_has_no_replay():
    with pytest.raises(PezoError, match=r"on-the-fly\.architecture"):
        SYSTEMS["replay"].create(parse(pointed(BOTH["smallest"]), name="case"))


@pytest.mark.parametrize("bits", [5, 49])
def test_a_count_out_of_range(bits: int):
    with pytest.raises(ConfigError, match="count_bits"):
        replay_of(OnTheFlyParameters(), SystemOptions(count_bits=bits))


def test_the_fields():
    sequencer = ReplaySequencer(replay_of(OnTheFlyParameters()))
    assert list(sequencer.o.payload.shape().members) == ["mantissa", "code", "last"]
    assert sequencer.command.payload.shape().members == {"length": 26, "replay": 1}
