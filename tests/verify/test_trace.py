"""Waveforms: read back by the library's own reader, and held against the golden stream."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pezo_hw import PezoError, load
from pezo_hw.config import parse
from pezo_hw.verify import Job, amaranth_simulator, make_bench
from pezo_hw.verify import fst as fst_module
from pezo_hw.verify.playback import MismatchError
from pezo_hw.verify.trace import FOLDER, TraceOptions
from tests.cases import OTF

pylibfst = pytest.importorskip("pylibfst")
CONFIG = parse(OTF + "rngs = 3\nwidth = 4\n", name="small")
PERIOD = 10
Cycles = dict[int, dict[str, str]]


def read(path: Path) -> Cycles:
    """The bits of every signal at the clock edge of every cycle."""
    file = pylibfst.lib.fstReaderOpen(str(path).encode())
    _, signals = pylibfst.get_scopes_signals2(file)
    names = {signal.handle: name.split(".", 1)[1] for name, signal in signals.by_name.items()}
    now: dict[str, str] = {}
    cycles: Cycles = {}

    def change(_, time, handle, value, length) -> None:
        now[names[handle]] = pylibfst.ffi.string(value, length).decode()
        if names[handle] == "clk" and now["clk"] == "1":
            assert time % PERIOD == PERIOD // 2
            cycles[time // PERIOD] = dict(now)

    pylibfst.lib.fstReaderSetFacProcessMaskAll(file)
    pylibfst.fstReaderIterBlocks2(
        file,
        lambda data, time, handle, value: change(data, time, handle, value, 64),
        change,
    )
    pylibfst.lib.fstReaderClose(file)
    return cycles


def signed(bits: str) -> int:
    return int(bits, 2) - (int(bits[0]) << len(bits))


class WrongJob(Job):
    """Hardware of other seeds."""

    def make_bench(self):
        bench = super().make_bench()
        parameters = replace(self.config.parameters, seed=2)
        generator = replace(self.config.generator, parameters=parameters)
        other = replace(self.config, generator=generator)
        bench.component = make_bench(self.bench, other).component
        return bench


def simulate(folder: Path, kind: type[Job] = Job, bench: str = "core", **options) -> Path:
    """A run on Amaranth's simulator; the folder of its waveform."""
    folder.mkdir(exist_ok=True)
    trace = TraceOptions(folder=folder, name="wave", **options)
    job = kind(config=CONFIG, bench=bench, simulator="amaranth", cycles=60, trace=trace)
    try:
        amaranth_simulator.simulate(job, folder)
    except MismatchError:
        assert kind is WrongJob
    return folder / FOLDER


def lanes(at: dict[str, str], side: str, pin: str = "mantissa.lane_") -> list[int]:
    return [signed(at[f"{side}.{pin}{lane}"]) for lane in range(3)]


@pytest.mark.parametrize(
    ("bench", "taken", "pin"),
    [
        ("core", ("inputs.en", "actual.valid"), "mantissa.lane_"),
        ("stream", ("inputs.o__ready", "actual.o__valid"), "o__payload.mantissa_lane_"),
    ],
)
def test_each_lane_is_a_number_of_the_golden_stream(
    bench: str, taken: tuple[str, str], pin: str, tmp_path: Path
):
    cycles = read(simulate(tmp_path, bench=bench) / "wave.fst")
    assert list(cycles) == list(range(len(cycles)))
    assert [int(at["cycle"], 2) for at in cycles.values()] == list(cycles)
    stream = [at for at in cycles.values() if at["scenario"] == "stream"]
    beats = [at for at in stream if at[taken[0]] == at[taken[1]] == "1"]
    golden = CONFIG.stream().window(0, len(beats)).mantissa.tolist()
    assert len(beats) >= 55
    assert [lanes(at, "actual", pin) for at in beats] == golden
    assert [lanes(at, "expected", pin) for at in beats] == golden
    assert {at["differs"] for at in cycles.values()} == {"0"}
    assert set(cycles[0][f"expected.{pin}0"]) == {"x"}
    assert {at["scenario"] for at in cycles.values()} == {"stream", "stalls", "resets"}


def test_a_window_lies_around_the_first_mismatch(tmp_path: Path):
    made = simulate(tmp_path / "wrong", WrongJob, window=4)
    cycles = read(made / "wave.fst")
    first = next(cycle for cycle, at in cycles.items() if at["differs"] == "1")
    # A core shows its first beat two clock edges after power-up.
    assert first == 2
    assert list(cycles) == list(range(first + 5))
    assert lanes(cycles[first], "expected") == CONFIG.stream().window(0, 1).mantissa[0].tolist()
    assert lanes(cycles[first], "actual") != lanes(cycles[first], "expected")
    edge = PERIOD * first + PERIOD // 2
    assert re.search(rf"^\*-5.0+ {edge} ", (made / "wave.gtkw").read_text(), re.MULTILINE)
    assert f"cursor_set {edge}\n" in (made / "wave.sucl").read_text()


def test_a_window_where_nothing_differs_is_no_file(tmp_path: Path):
    assert not simulate(tmp_path, window=4).exists()


def test_a_window_reaches_over_the_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.bench.bench._BITS_PER_BLOCK", 1)  # 16 cycles each
    whole = read(simulate(tmp_path / "whole") / "wave.fst")
    cycles = read(simulate(tmp_path / "part", WrongJob, window=30) / "wave.fst")
    assert list(cycles) == list(range(33))
    for cycle, at in cycles.items():
        expected = {name: bits for name, bits in at.items() if name.startswith("expected")}
        assert expected.items() <= whole[cycle].items()


def test_layouts_name_the_signals_that_there_are(tmp_path: Path):
    made = simulate(tmp_path)
    known = {f"pezo_small.{name}" for name in read(made / "wave.fst")[0]}
    gtkwave = (made / "wave.gtkw").read_text()
    surfer = (made / "wave.sucl").read_text()
    assert set(re.findall(r"^(?:\+\{.*\} )?(pezo_small\.\S+)$", gtkwave, re.MULTILINE)) == known
    assert set(re.findall(r"^variable_add (\S+)$", surfer, re.MULTILINE)) == known
    assert '[dumpfile] "wave.fst"' in gtkwave
    lane = surfer.index("actual.mantissa.lane_1\n")
    assert surfer[lane:].split("\n")[1] == "variable_add pezo_small.expected.mantissa.lane_1"


def test_what_is_missing_or_wrong_is_said(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    status, _, err = pezo("verify", "row-pool", "--window", 5)
    assert (status, err) == (
        2,
        "pezo: error: --window = 5 is not allowed; allowed: only with --trace DIR\n",
    )
    (tmp_path / "file").touch()
    status, _, err = pezo("verify", "row-pool", "--trace", tmp_path / "file" / "folder")
    assert (status, err.count("\n")) == (2, 1)
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    status, _, err = pezo("verify", "row-pool", "--trace", tmp_path / "new")
    assert (status, "pezo-hw[trace]" in err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_not_whole_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        fst_module.FSTFile, "_say", lambda self, scenario: self._path.write_bytes(b"")
    )
    with pytest.raises(PezoError, match="not whole"):
        simulate(tmp_path)


@pytest.mark.slow
@pytest.mark.icarus
def test_the_command_leaves_whole_files(pezo, tmp_path: Path):
    where = tmp_path / "waves"
    command = ("verify", "row-pool", "--cycles", 50, "--simulator", "icarus", "--trace", where)
    status, out, _ = pezo(*command, "--bench", "core")
    assert status == 0
    assert sorted(file.name for file in where.iterdir()) == [
        "row-pool-core.fst",
        "row-pool-core.gtkw",
        "row-pool-core.sucl",
    ]
    assert "waveform of row-pool core: " in out
    cycles = read(where / "row-pool-core.fst")
    beat = next(at for at in cycles.values() if at["actual.valid"] == "1")
    seen = [signed(beat[f"actual.mantissa.lane_{lane}"]) for lane in range(45)]
    assert seen == load("row-pool").stream().window(0, 1).mantissa[0].tolist()
