"""Configs from standard input and from what a shell opens."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import PezoError, load
from pezo_hw.config import preset_text
from tests.living import without_patience
from tests.synth.test_table6 import OURS

TEXT = preset_text("paper-pool")


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "ascii"))


@pytest.mark.parametrize("source", ["-", "/dev/stdin", "/dev/fd/0"])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, source: str):
    given(monkeypatch, TEXT.encode() + "# größe".encode())
    config = load(source)
    assert config.name == "stdin"
    assert config.parameters == load("paper-pool").parameters


def test_files_are_relative_to_the_current_folder(monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    np.save("pool.npy", np.array([0.5, -0.5], np.float32))
    section = '[pre-generated]\npool = 2\nlanes = 2\nvalues = "pool.npy"\n'
    given(monkeypatch, f'[perturbation]\nstrategy = "pre-generated"\n{section}'.encode())
    assert load("-").parameters.pool == 2


def test_a_pipe_of_the_shell():
    reader, writer = os.pipe()
    os.write(writer, TEXT.encode())
    os.close(writer)
    config = load(f"/dev/fd/{reader}")
    os.close(reader)
    assert (config.name, config.parameters) == (f"fd{reader}", load("paper-pool").parameters)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "stdin: it is empty"),
        (b"\xff", "stdin: not UTF-8"),
        (b"#" * ((1 << 20) + 1), "stdin: more than 1,048,576 bytes"),
        (b"x", "stdin: not TOML"),
        (b'[perturbation]\nstrategy = "x"', "stdin: perturbation.strategy"),
    ],
)
def test_what_is_no_config(monkeypatch: pytest.MonkeyPatch, content: bytes, says: str):
    given(monkeypatch, content)
    with pytest.raises(PezoError, match=says):
        load("-")


def test_what_is_closed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(PezoError, match="closed"):
        load("-")
    with pytest.raises(PezoError, match="Bad file descriptor"):
        load("/dev/fd/987654")


def test_a_file_of_that_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(TEXT)
    assert load("./-").name == "-"


@pytest.mark.slow
def test_every_command_that_takes_a_config(pezo, monkeypatch, tmp_path: Path):
    monkeypatch.setattr("pezo_hw.cli.synth.measure", lambda *_, **__: (OURS, None))
    for name, *options in (
        ("info",),
        ("stream", "--cycles", 1),
        ("generate", "-o", tmp_path),
        ("synth",),
        ("quality", "--length", 5),
        ("verify", "--simulator", "amaranth", "--cycles", 8, "--bench", "core"),
    ):
        given(monkeypatch, TEXT.encode())
        assert pezo(name, "-", *options)[0] == 0


def test_a_pipe_into_the_process():
    line = [sys.executable, "-m", "pezo_hw", "info", "-"]
    done = subprocess.run(line, input=TEXT, capture_output=True, text=True)
    assert (done.returncode, without_patience(done.stderr)) == (0, "")
    assert done.stdout.startswith("stdin: pre-generated\n")


def test_a_name_that_cannot_be_written_becomes_one_that_can(tmp_path: Path, pezo):
    file = tmp_path / "a\udcffb\x1b.toml"
    file.write_text(TEXT)
    assert load(file).name == "a\\udcffb\\x1b"
    assert pezo("generate", file, "-o", tmp_path / "rtl")[0] == 0
