"""The testbench's golden words, and that it can fail."""

from __future__ import annotations

import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from pezo_hw.tools.files import write_files
from pezo_hw.tools.verilator import find_verilator
from tests.reference import PreGenerated
from tests.vivado.cases import REFERENCES, SYSTEMS, config, quiet

# By name: the pool, what a position is, how many positions there are, and the jump.
DRAWN = {
    "drawn": (PreGenerated(pool=1023, lanes=8, width=5), "number", 1023, 632),
    "drawn-axi": (PreGenerated(pool=1023, lanes=8, width=5), "number", 1023, 632),
    "drawn-rows": (PreGenerated(pool=1001, lanes=7, width=5), "row", 143, 87),
}


def golden(name: str) -> list[tuple[list[int], int]]:
    """The words that the testbench has, as its lanes and what lies above them."""
    core = quiet(name)
    parameters = config(name).parameters
    bits, lanes = parameters.fixed_point.bits, parameters.lanes
    slot = 8 if name.endswith("axi") else bits
    words = [int(word, 16) for word in core.files[f"{core.top}_tb.hex"].split()]
    shown = [[word >> slot * lane & (1 << bits) - 1 for lane in range(lanes)] for word in words]
    return [(x, word >> slot * lanes) for x, word in zip(shown, words, strict=True)]


@pytest.mark.parametrize("name", SYSTEMS)
def test_words_are_the_independent_readings(name: str):
    mask = (1 << config(name).parameters.fixed_point.bits) - 1
    cycles = islice(REFERENCES[name].cycles(), 256)
    assert golden(name) == [([m & mask for m in mantissas], code) for code, mantissas in cycles]


@pytest.mark.parametrize("name", DRAWN)
def test_words_of_drawn_starts_are_those_of_each_start(name: str):
    """Perturbations of 1, 4, 7, ... beats, the starts counted by hand."""
    reference, unit, starts, jump = DRAWN[name]
    numbers, _ = reference.numbers()
    expected, start = [], 0
    for length in range(1, 38, 3):
        first = start if unit == "number" else start * reference.lanes
        for beat in range(length):
            places = [first + beat * reference.lanes + lane for lane in range(reference.lanes)]
            expected.append(([numbers[p % len(numbers)] & 31 for p in places], 0))
        start = (start + jump) % starts
    assert len(expected) == 247
    assert golden(name)[:247] == expected


def simulate(files: dict[str, str], top: str, folder: Path) -> subprocess.CompletedProcess:
    write_files(folder, files)
    sources = [f"{top}.v", f"{top}_tb.sv"]
    command = ["iverilog", "-g2012", "-s", f"{top}_tb", "-o", "sim", *sources]
    subprocess.run(command, cwd=folder, check=True)
    return subprocess.run(["vvp", "-n", "sim"], cwd=folder, capture_output=True, text=True)


@pytest.mark.icarus
@pytest.mark.parametrize("name", DRAWN)
def test_drawn_starts_are_what_the_hardware_has(name: str, tmp_path: Path):
    core = quiet(name)
    done = simulate(core.files, core.top, tmp_path)
    assert (done.returncode, "PASS: 741 beats" in done.stdout) == (0, True), done.stdout


@pytest.mark.slow
def test_drawn_starts_on_verilator(tmp_path: Path):
    core, verilator = quiet("drawn"), find_verilator()
    write_files(tmp_path, core.files)
    options = ["--binary", "--timing", "-Wno-WIDTH", "-CFLAGS", "-fcoroutines -O0", "-o", "sim"]
    sources = [f"{core.top}_tb.sv", core.verilog_file]
    command = [verilator.path, *options, "--top", f"{core.top}_tb", *sources]
    subprocess.run(command, cwd=tmp_path, env=verilator.environment(), check=True)
    done = subprocess.run(["obj_dir/sim"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, "PASS: 741 beats" in done.stdout) == (0, True), done.stdout


@pytest.mark.icarus
@pytest.mark.parametrize("name", [*SYSTEMS, *DRAWN])
@pytest.mark.parametrize("line", [0, 100, 200])
def test_a_wrong_bit_is_seen(name: str, line: int, tmp_path: Path):
    core = quiet(name)
    golden = f"{core.top}_tb.hex"
    words = core.files[golden].split()
    words[line] = f"{int(words[line], 16) ^ 2:0{len(words[line])}x}"
    broken = {**core.files, golden: "\n".join(words) + "\n"}
    done = simulate(broken, core.top, tmp_path)
    # A beat that begins with what another one left over has numbers of two words.
    beats = (line - 1, line) if name.startswith("left-over") else (line,)
    named = any(f"FAIL: beat {beat} " in done.stdout for beat in beats)
    assert (done.returncode, named) == (1, True)


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("core", "assign valid = filled[1];", "assign valid = filled[0];"),
        ("stream", "assign en = _0_ | o__ready;", "assign en = 1'b1;"),
        ("replay", "assign rewind = start &", "assign rewind = 1'b0 &"),
        ("replay", "assign o__payload = { last,", "assign o__payload = { 1'b0,"),
        ("drawn", "(mark) following <=", "(1'b0) following <="),
        ("drawn-axi", "(mark) marked <=", "(1'b0) marked <="),
    ],
)
def test_broken_hardware_is_seen(name: str, before: str, after: str, tmp_path: Path):
    core = quiet(name)
    verilog = core.files[core.verilog_file]
    assert before in verilog
    broken = {**core.files, core.verilog_file: verilog.replace(before, after)}
    assert simulate(broken, core.top, tmp_path).returncode == 1


@pytest.mark.icarus
def test_a_waveform_is_written_where_one_is_asked_for(tmp_path: Path):
    core = quiet("core")
    assert simulate(core.files, core.top, tmp_path).returncode == 0
    assert not list(tmp_path.glob("*.vcd"))
    command = ["vvp", "-n", "sim", "+dump=a wave.vcd"]
    subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    text = (tmp_path / "a wave.vcd").read_text()
    assert re.search(r"\$scope module dut \$end", text)
    assert text.rstrip().splitlines()[-1][0] in "01b#"
