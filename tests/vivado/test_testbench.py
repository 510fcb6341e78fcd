"""The testbench's golden words, and that it can fail."""

from __future__ import annotations

import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from pezo_hw.tools.files import write_files
from pezo_hw.vivado.testbench import golden_words
from tests.vivado.cases import REFERENCES, SYSTEMS, config, quiet


@pytest.mark.parametrize("name", SYSTEMS)
def test_words_are_the_independent_readings(name: str):
    parameters = config(name).parameters
    bits, lanes = parameters.fixed_point.bits, parameters.lanes
    words = golden_words(config(name), 100)
    for word, (code, mantissas) in zip(words, islice(REFERENCES[name].cycles(), 100), strict=True):
        shown = [word >> bits * lane & (1 << bits) - 1 for lane in range(lanes)]
        assert shown == [mantissa & (1 << bits) - 1 for mantissa in mantissas]
        assert word >> bits * lanes == code


def simulate(files: dict[str, str], top: str, folder: Path) -> subprocess.CompletedProcess:
    write_files(folder, files)
    sources = [f"{top}.v", f"{top}_tb.sv"]
    command = ["iverilog", "-g2012", "-s", f"{top}_tb", "-o", "sim", *sources]
    subprocess.run(command, cwd=folder, check=True)
    return subprocess.run(["vvp", "-n", "sim"], cwd=folder, capture_output=True, text=True)


@pytest.mark.icarus
@pytest.mark.parametrize("name", SYSTEMS)
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
