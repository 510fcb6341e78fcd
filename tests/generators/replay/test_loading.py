"""Loads at random, on every kind of generator, and hardware that loads wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from amaranth.hdl import Module, Mux, Signal

from pezo_hw import ConfigError
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.generators.on_the_fly.rtl.load_window import LoadWindow
from pezo_hw.generators.on_the_fly.rtl.loader import OnTheFlyLoader
from pezo_hw.generators.pre_generated.rtl.copy_loader import CopyLoader
from pezo_hw.generators.pre_generated.rtl.copy_writer import CopyWriter
from pezo_hw.generators.pre_generated.rtl.drawn_start import DrawnStart
from pezo_hw.generators.pre_generated.rtl.pool_reader import PoolReader
from pezo_hw.generators.pre_generated.rtl.row_loader import RowLoader
from pezo_hw.generators.pre_generated.rtl.row_writer import RowGroups, RowWriter
from pezo_hw.generators.replay.rtl.load_check import LoadCheck
from pezo_hw.generators.replay.rtl.load_sequencer import LoadSequencer
from pezo_hw.systems.replay.parameters import ReplayParameters
from tests.cases import BOTH, ON_THE_FLY, OTF, PRE, mostly_slow
from tests.rtl.simulation import run

CASES = {
    name: BOTH[name]
    for name in (
        *("smallest", "midrise", "leap", "fixed-point-wide", "two-rows", "one-counter"),
        *("copies", "copies-counted", "copies-in-rows"),
        *("copies-drawn", "copies-counted-drawn", "rows-drawn"),
    )
} | {
    "constant": OTF + 'rngs = 5\nwidth = 6\nlanes = 7\n[scaling]\nmode = "constant"\n',
    "window-9": OTF + "rngs = 9\nwidth = 5\n",
    "whole-leap": OTF + "rngs = 4\nwidth = 8\nsteps_per_cycle = 8\n",
    "last-group-smaller": PRE + "pool = 91\nlanes = 13\nwidth = 9\n",
    "wide-words": PRE + "pool = 20\nlanes = 4\nwidth = 21\n",
}
PHASES = ("smallest", "window-9", "one-counter", "rows-drawn")
CYCLES = 1200


def with_load(text: str, load: str) -> str:
    return f'{text}\n[system]\nload = "{load}"\n'


@pytest.mark.parametrize("name", mostly_slow(CASES, "fixed-point-wide", "two-rows", "copies"))
def test_contents(name: str, tmp_path: Path):
    run(with_load(CASES[name], "contents"), "replay", tmp_path, cycles=CYCLES)


@pytest.mark.parametrize("name", mostly_slow(PHASES, "smallest"))
def test_phase(name: str, tmp_path: Path):
    run(with_load(CASES[name], "phase"), "replay", tmp_path, cycles=CYCLES)


def test_a_pool_of_one_row_has_a_phase(tmp_path: Path):
    run(with_load(BOTH["one-row"], "phase"), "replay", tmp_path, cycles=300)


class TakesAnything(LoadWindow):
    """Finds every window acceptable."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.acceptable.eq(1)
        return m


class IsAlwaysGood(LoadCheck):
    """Finds that every check word fits."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.good.eq(1)
        return m


class StaysAtTheFirst(OnTheFlyLoader):
    """Feeds the first word again and again."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += m.submodules.window.feed.eq(0)
        return m


class ForgetsTheTable(OnTheFlyLoader):
    """A reset makes the table whole."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.hold.eq(m.submodules.sequencer.hold)
        m.d.comb += m.submodules.sequencer.needed.eq(0)
        return m


class WritesElsewhere(OnTheFlyLoader):
    """Writes every code one address further."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.write.address.eq(m.submodules.window.word)
        return m


class KeepsTheRow(RowLoader):
    """Goes on with the row that it had read before it was loaded."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.rewind.eq(m.submodules.sequencer.apply & ~self.reread)
        return m


class MendsWithAnyRow(RowLoader):
    """Takes any row while one is incomplete."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += m.submodules.sequencer.acceptable.eq(self._in_range())
        return m


class LosesTheFirst(RowWriter):
    """Writes a group of the last number alone."""

    def _gathered(self, m):
        return self.number.replicate(self.groups.size)


class HoldsNothing(LoadSequencer):
    """Lets commands pass while a load takes effect."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.hold.eq(0)
        return m


class SkipsTheTail(CopyWriter):
    """The last numbers reach the first copies alone."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += self.back.eq(self.store & ~self.jump)
        return m


class LosesTheStart(CopyLoader):
    """Goes on where it has written last."""

    def connect_to(self, m, core):
        super().connect_to(m, core)
        m.d.comb += core.jump.eq(0)


class TakesPartOfAPool(CopyLoader):
    """Forgets that a pool is incomplete."""

    def elaborate(self, platform):
        m = super().elaborate(platform)
        m.d.comb += m.submodules.sequencer.needed.eq(0)
        return m


class ForgetsToMark(PoolReader):
    """Goes where it is told, and to the old mark after that."""

    def _keep_marks(self, m, counter):
        super()._keep_marks(m, counter)
        m.d.comb += counter.start.eq(self.load_address)


class Around(DrawnStart):
    """All of it goes through to a right one, but for what the subclass says."""

    def elaborate(self, platform):
        m = Module()
        m.submodules.right = right = DrawnStart(len(self.start), self.first, self.jumped)
        for name in ("mark", "draw", "load", "start"):
            m.d.comb += getattr(right, name).eq(getattr(self, name))
        m.d.comb += [self.following.eq(right.following), self.chosen.eq(right.chosen)]
        self._break(m, right)
        return m


class DrawsFromTheOldStart(Around):
    """Goes where a load says, and jumps from where it was before that."""

    def _break(self, m, right):
        m.d.comb += [right.load.eq(0), self.chosen.eq(Mux(self.load, self.start, right.chosen))]


class MarksAJumpFromTheLoad(Around):
    """Goes where a load says, and takes that for a perturbation that has been."""

    def _break(self, m, right):
        loaded = Signal()
        m.d.sync += loaded.eq(self.load)
        m.d.comb += right.mark.eq(self.mark | loaded)


BROKEN = [
    ("on_the_fly.rtl.loader.LoadWindow", TakesAnything, "smallest"),
    ("replay.rtl.load_sequencer.LoadCheck", IsAlwaysGood, "smallest"),
    ("replay.rtl.load_sequencer.LoadCheck", IsAlwaysGood, "two-rows"),
    ("on_the_fly.rtl.loader.OnTheFlyLoader", StaysAtTheFirst, "smallest"),
    ("on_the_fly.rtl.loader.LoadSequencer", HoldsNothing, "smallest"),
    ("on_the_fly.rtl.loader.OnTheFlyLoader", ForgetsTheTable, "smallest"),
    ("on_the_fly.rtl.loader.OnTheFlyLoader", WritesElsewhere, "midrise"),
    ("pre_generated.rtl.row_loader.RowLoader", KeepsTheRow, "two-rows"),
    ("pre_generated.rtl.row_loader.RowLoader", MendsWithAnyRow, "two-rows"),
    ("pre_generated.rtl.row_loader.RowWriter", LosesTheFirst, "one-counter"),
    ("pre_generated.rtl.rewinding_core.PoolReader", ForgetsToMark, "one-counter"),
    ("pre_generated.rtl.copy_loader.CopyWriter", SkipsTheTail, "copies"),
    ("pre_generated.rtl.copy_loader.CopyLoader", LosesTheStart, "copies"),
    ("pre_generated.rtl.copy_reader.DrawnStart", DrawsFromTheOldStart, "copies-drawn"),
    ("pre_generated.rtl.pool_reader.DrawnStart", DrawsFromTheOldStart, "rows-drawn"),
    ("pre_generated.rtl.copy_reader.DrawnStart", MarksAJumpFromTheLoad, "copies-counted-drawn"),
    ("pre_generated.rtl.pool_reader.DrawnStart", MarksAJumpFromTheLoad, "rows-drawn"),
    ("pre_generated.rtl.copy_loader.CopyLoader", TakesPartOfAPool, "copies"),
]


@pytest.mark.parametrize(
    "case",
    mostly_slow(BROKEN, BROKEN[0], BROKEN[-1]),
    ids=lambda case: f"{case[1].__name__}-{case[2]}",
)
def test_hardware_that_loads_wrongly_is_seen(
    case: tuple[str, type, str], tmp_path: Path, monkeypatch
):
    where, broken, name = case
    monkeypatch.setattr(f"pezo_hw.generators.{where}", broken)
    with pytest.raises(AssertionError, match=r" is .*, expected"):
        run(with_load(CASES[name], "contents"), "replay", tmp_path, cycles=CYCLES)


def test_words_of_more_than_32_bits_are_refused():
    text = with_load(OTF + "rngs = 3\nwidth = 18\nsteps_per_cycle = 17\n", "phase")
    with pytest.raises(ConfigError, match=r"system.load = .* 35 bits, over 32"):
        ReplayParameters.of(parse(text, name="case"))


def test_a_row_that_is_wired_in_has_no_contents():
    with pytest.raises(ConfigError, match=r"system.load = .* pool of one row"):
        ReplayParameters.of(parse(with_load(BOTH["one-row"], "contents"), name="case"))


@pytest.mark.parametrize("name", ["midrise", "one-counter"])
def test_without_loads_nothing_is_written_and_no_pin_is_there(name: str):
    plain = emit_core(parse(BOTH[name], name="case"), system="replay")
    verilog = plain.files[plain.verilog_file]
    assert "load__" not in verilog
    assert "loader" not in verilog


@pytest.mark.parametrize("name", ["midrise", "leap", "last-group-smaller"])
def test_the_verilog_of_loads_has_no_case(name: str):
    """Verilator refuses some, and every other core does without."""
    emitted = emit_core(parse(with_load(CASES[name], "contents"), name="x"), system="replay")
    verilog = emitted.files[emitted.verilog_file]
    assert "case" not in verilog
    assert "load__data__payload" in verilog


def test_a_large_table_is_block_ram():
    text = with_load(ON_THE_FLY["leap"], "contents")
    verilog = emit_core(parse(text, name="case"), system="replay").files
    assert '(* ram_style = "block" *)' in verilog["pezo_case_replay.v"]


@pytest.mark.parametrize(
    ("lanes", "width", "sizes"),
    [
        (45, 12, (3,) * 15),
        (13, 9, (4, 4, 4, 1)),
        (8, 24, (1,) * 8),
        (2, 5, (2,)),
        (1024, 8, (4,) * 256),
    ],
)
def test_groups_fill_a_block_ram(lanes: int, width: int, sizes: tuple[int, ...]):
    groups = RowGroups(lanes=lanes, width=width)
    assert groups.sizes == sizes
    word = sum((lane % 7) << (lane * width) for lane in range(lanes))
    parts = groups.cut(word)
    lane = 0
    for part, size in zip(parts, sizes, strict=True):
        for slot in range(size):
            assert part >> (slot * width) & ((1 << width) - 1) == lane % 7
            lane += 1
    assert lane == lanes
