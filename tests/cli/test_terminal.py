"""What the commands print, in any encoding and at any width: every number whole, nothing raw."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import load
from pezo_hw.benchmarks import Measure
from pezo_hw.cli import bench, figures, layers, quality, simulations, synth, table6, train
from pezo_hw.cli.main import cli, run
from pezo_hw.cli.terminal import prepare_streams, room, say, write_raw
from pezo_hw.quality import Quality, quality_of
from pezo_hw.synth import Measurement
from pezo_hw.synth.figures import Change
from pezo_hw.synth.layers import LAYER_ROWS, Layer
from pezo_hw.synth.placement import Timing
from pezo_hw.verify import Outcome
from tests.living import without_patience
from tests.table6.test_table import MEZO_ROW, OURS, ROW, USED
from tests.training.experiment.made_up import RESULTS

ENCODINGS = ("utf-8", "cp1252", "latin-1", "ascii")
WIDTHS = (40, 60, 80)
NUMBER = re.compile(r"[−-]?\d+(?:[.,:^]\d+)*%?")

ROUTED = Measurement(
    name="paper-opt",
    target="ecp5",
    tool="yosys 0.70",
    resources=USED,
    timing=Timing(
        tool="nextpnr 0.9", mhz={1: 312.5, 2: 298.1, 3: 333.3}, limit="a.Q to b.D, 3.2 ns"
    ),
)


def print_verify() -> int:
    """As `pezo verify` ends, after one bench that differs."""
    return run(["verify", "paper-opt", "--simulator", "amaranth", "--bench", "core"])


@cache
def qualities() -> list[Quality]:
    """One of all starts, and one of a sample with its errors."""
    found = quality_of(load("paper-roberta"), length=40)
    return [found, replace(found, samples=8000, errors={"variance": 0.0125, "mean": 0.0003})]


COMMANDS: dict[str, Callable[[], object]] = {
    "info": lambda: run(["info", "paper-opt"]),
    "info of a pool": lambda: run(["info", "paper-pool"]),
    "presets": lambda: run(["presets"]),
    "taps": lambda: run(["taps", "--width", "8", "--steps", "8"]),
    "synth": lambda: synth._print(ROUTED),
    "synth of xcup": lambda: synth._print(OURS),
    "table6": lambda: table6._print([MEZO_ROW, ROW]),
    "layers": lambda: layers._print([Layer(row=LAYER_ROWS[9], total=OURS, core=OURS)]),
    "quality": lambda: quality._print(["paper-roberta", "mine"], qualities(), [1000, 10]),
    "figures": lambda: figures._table([CHANGE]).show(),
    "bench": lambda: bench._table([MEASURE]).show(),
    "train": lambda: train._print(RESULTS),
    "verify": print_verify,
}
MEASURE = Measure(
    measure="pins : Verilator", preset="paper-opt", ours=4.86e8, theirs=1.67e7, unit="cycles/s"
)
CHANGE = Change(target="xcup", name="paper-opt", figure="lut", recorded=1234.0, measured=1235.0)
FAILURE = "stream: cycle 507873: mantissa lane 15 is -1154 (0xb7e), expected -1153 (0xb7f)"


@pytest.fixture(autouse=True)
def no_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    def carry_out(jobs, folder, watch):
        for job in jobs:
            numbers = {"cycles": 1_031_459, "beats": 1_015_746, "seconds": 2.5}
            yield Outcome(job=job, **numbers, failure=FAILURE, is_mismatch=True)

    monkeypatch.setattr(simulations, "carry_out", carry_out)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch):
    """What a command prints to a stream of an encoding, with COLUMNS set or not."""

    def by(command: Callable[[], object], encoding: str, columns: int | None) -> str:
        with monkeypatch.context() as context:
            context.setattr(sys, "stdout", stream := io.TextIOWrapper(io.BytesIO(), encoding))
            context.delenv("COLUMNS", raising=False)
            if columns is not None:
                context.setenv("COLUMNS", str(columns))
            prepare_streams()
            command()
            stream.flush()
            return stream.buffer.getvalue().decode(encoding)

    return by


def numbers_in(text: str) -> set[str]:
    return {number.replace("−", "-") for number in NUMBER.findall(text)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_number_is_whole(printed, name: str):
    whole = numbers_in(printed(COMMANDS[name], "utf-8", None))
    assert len(whole) >= 3
    for encoding in ENCODINGS:
        for columns in (*WIDTHS, 1, 20, 200):
            text = printed(COMMANDS[name], encoding, columns)
            assert numbers_in(text) == whole, (encoding, columns, text)


@pytest.mark.parametrize("name", COMMANDS)
def test_lines_fit_unless_a_word_does_not(printed, name: str):
    for columns in WIDTHS:
        for line in printed(COMMANDS[name], "utf-8", columns).splitlines():
            assert len(line.rstrip()) <= columns or " " not in line.strip(), (columns, line)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_an_encoding_lacks_is_no_question_mark_and_no_escape(printed, name: str):
    for encoding in ENCODINGS:
        text = printed(COMMANDS[name], encoding, 80)
        assert not set("?\\\ufffd") & set(text), text
        assert encoding == "utf-8" or not re.search("[│┃─━]", text)


def test_every_mantissa_shown_is_the_golden_one_and_what_is_hidden_is_counted(printed):
    window = load("paper-opt").stream().window(10**15, 3)
    for encoding in ENCODINGS:
        for columns in (1, 30, *WIDTHS, 400):
            command = ["stream", "paper-opt", "--start", str(10**15), "--cycles", "3"]
            text = printed(lambda command=command: run(command), encoding, columns)
            rows = rows_of(text)
            assert len(rows) == 3, text
            for index, row in enumerate(rows):
                lanes = [int(number) for number in row[2:]]
                hidden = lanes.pop() if "more" in text else 0
                assert int(row[0]) == 10**15 + index
                assert int(row[1]) == window.code[index]
                assert np.array_equal(lanes, window.mantissa[index, : len(lanes)])
                assert len(lanes) + hidden == 31
                assert lanes


def rows_of(text: str) -> list[list[str]]:
    """The numbers of each cycle, whether it is a row of a table or a record."""
    if "cycle:" not in text:
        lines = [line for line in text.splitlines() if re.match(r"[│|] +\d", line)]
        return [re.findall(r"-?\d+", line) for line in lines]
    records = text[text.index("cycle:") :].split("\n\n")
    return [re.findall(r": (-?\d+)", " ".join(record.split())) for record in records]


@pytest.mark.slow
def test_a_pipe_bounds_no_line(printed):
    text = printed(lambda: run(["stream", "paper-opt", "--cycles", "1"]), "utf-8", None)
    assert "more" not in text
    assert len(re.findall(r"-?\d+", text.splitlines()[-2])) == 33
    text = printed(lambda: run(["stream", "row-pool", "--cycles", "1000"]), "utf-8", None)
    assert text.splitlines()[-2].endswith("│ 29 more │")


def test_what_does_not_go_through_a_table_is_written_in_ascii_as_well(printed, monkeypatch):
    assert printed(lambda: write_raw("3 σ ≤ \udc80\n"), "ascii", None) == "3 sigma <= \\udc80\n"
    assert printed(lambda: write_raw("3 σ ≤ \udc80\n"), "utf-8", None) == "3 σ ≤ \\udc80\n"
    errors = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stderr", errors)
    prepare_streams()
    say("größe ≤ 3 σ\x1b")
    assert errors.buffer.getvalue() == b"pezo: gr\\xf6\\xdfe <= 3 sigma\\x1b\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_help_in_any_encoding(printed, encoding: str):
    for name, command in cli.commands.items():
        wide = printed(lambda name=name: run([name, "--help"]), encoding, None)
        for columns in WIDTHS:
            text = printed(lambda name=name: run([name, "--help"]), encoding, columns)
            assert f"Example: pezo {name} " in " ".join(text.split())
            assert numbers_in(text) == numbers_in(wide)
            assert all(option in text for p in command.params for option in p.opts if "-" in option)


@pytest.mark.parametrize("size", ["²", "0", "-1", "99999999999", "x", "", "1e3"])
def test_a_size_that_is_none_is_not_one(monkeypatch: pytest.MonkeyPatch, capsys, size: str):
    monkeypatch.setenv("COLUMNS", size)
    monkeypatch.setenv("LINES", size)
    assert run(["info", "paper-pool"]) == 0
    assert "4,095 numbers" in capsys.readouterr().out
    assert room() > 1000


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_a_process_in_any_encoding(encoding: str, tmp_path: Path):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": encoding, "COLUMNS": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "pezo_hw", "info", "paper-opt"], env=environment, capture_output=True
    )
    assert (done.returncode, without_patience(done.stderr.decode(encoding))) == (0, "")
    assert "15,744,063 numbers" in done.stdout.decode(encoding)


def test_a_process_in_the_c_locale():
    environment = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    command = [sys.executable, "-m", "pezo_hw", "info", "größe\x1b.toml"]
    done = subprocess.run(command, env=environment, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.isascii()
    assert b"\\x1b.toml: No such file" in done.stderr


def test_no_name_is_markup_or_steers_the_terminal(pezo, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = 8\nlanes = 4\n'
    for name in (
        "[red]x",
        "[red]a[bold]",
        ":tada:",
        "a\x1b[31m\x07b",
        "c\u202ed",
        "e\nf",
        "g\udcff",
    ):
        Path(f"{name}.toml").write_text(text)
        status, out, err = pezo("info", f"{name}.toml")
        shown = name.encode("unicode_escape").decode("ascii")
        assert (status, err.count("\n")) == (0, 1)
        assert err.startswith(f"pezo: warning: {shown} has at most 8 different ")
        assert out.startswith(f"{shown}: pre-generated\n")
        assert all(line.isprintable() for line in out.split("\n"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("info", "\x1b[31m\u202e\x07.toml"),
        ("\x1b]0;t\x07\u202e",),
        ("info", "--\x1b\u202e"),
        ("info", "paper-opt", "\x1b\u202e\x07"),
        ("generate", "paper-pool", "-o", "x", "--system", "\x1b\u202e"),
        ("generate", "paper-pool", "-o", "x", "--name", "\x1b\u202e"),
        ("verify", "paper-pool", "--rtl", "\x1b\u202e\udcff"),
        ("verify", "paper-pool", "--bench", "\x1b\u202e\udcff"),
        ("stream", "paper-pool", "-o", "\x1b\u202e\udcff"),
        ("synth", "paper-pool", "--target", "\x1b\u202e"),
        ("figures", "\x1b\u202e.json"),
        ("presets", "--show", "\x1b\u202e"),
    ],
)
def test_no_error_steers_the_terminal(pezo, arguments: tuple[str, ...]):
    status, out, err = pezo(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err[:-1].isprintable()
    assert "\\x1b" in err


def test_no_key_or_value_of_a_config_steers_the_terminal(pezo, tmp_path: Path):
    config = tmp_path / "c.toml"
    for line in ('"k\\u001B\\u202E" = 1', 'rounding = "\\u001B\\u202E\\u0007"', 'x = "\x1b"'):
        config.write_text(f'[perturbation]\nstrategy = "on-the-fly"\n[scaling]\n{line}\n')
        status, out, err = pezo("info", config)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err[:-1].isprintable()
        assert "\\x1b" in err


def test_what_is_allowed_is_said_of_unknown_names(pezo):
    assert "Allowed: bench, board, driver, elastic, explore, figures" in pezo("genrate")[2]
    err = pezo("stream", "paper-opt", "--cycle", 3)[2]
    assert "No such option '--cycle'" in err
    assert "Allowed: --start, --cycles, -o, --output" in err
    assert err.count("\n") == 1


def test_a_window_that_matplotlib_does_not_know_is_not_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MPLBACKEND", "nope")
    assert run(["presets"]) == 0
    assert "MPLBACKEND" not in os.environ
