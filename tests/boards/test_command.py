"""``python boards/zcu102.py``: what lands where, and what it does with mistakes."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from boards.command import command_for
from boards.project import project_files
from boards.zcu102 import ZCU102Platform
from pezo_hw import load
from pezo_hw.cli.main import run
from tests.living import without_patience

POOL_OF_NUMBERS = (
    '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = 10\nlanes = 3\n'
)


@pytest.fixture
def board(capsys: pytest.CaptureFixture[str]):
    """Runs the command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        words = [str(argument) for argument in arguments]
        status = run(words, command_for(ZCU102Platform), "python boards/zcu102.py")
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


@cache
def pool_project() -> dict[str, str]:
    """The files of a pool; making them takes longer than all that is done with them."""
    return project_files(ZCU102Platform, load("row-pool"))


@pytest.fixture
def made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project is made once, for tests of what happens to its files."""
    monkeypatch.setattr("boards.command.project_files", lambda *_: pool_project())


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_help_has_an_example(board):
    status, out, err = board("--help")
    assert (status, err) == (0, "")
    words = " ".join(line.strip("│ ") for line in out.splitlines())
    assert "python boards/zcu102.py paper-roberta -o build/zcu102" in words
    assert "ZCU102" in words


@pytest.mark.slow
def test_the_project_is_written_whole(board, tmp_path: Path):
    status, out, err = board("row-pool", "-o", tmp_path / "made" / "here")
    assert (status, err) == (0, "")
    written = files(tmp_path / "made" / "here")
    assert written == pool_project()
    assert all(name in out for name in written)
    assert "sh build_top.sh" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("row-pool",), "Missing option '-o'"),
        (("-o", "out"), "Missing argument"),
        (("nowhere.toml", "-o", "out"), "nowhere.toml: No such file"),
        (("loose.toml", "-o", "out"), "loose: pre-generated.lanes"),
        (("row-pool", "-o", ""), "allowed: a path"),
        (("row-pool", "-o", "loose.toml"), "is a file"),
        (("row-pool", "-o", "loose.toml/out"), "cannot be written"),
        (("row-pool", "-o", "out", "--build"), "--build needs Vivado; allowed: vivado on PATH"),
    ],
)
def test_mistakes_are_one_line(board, tmp_path, monkeypatch, arguments, says: str):
    (tmp_path / "loose.toml").write_text(POOL_OF_NUMBERS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AMARANTH_ENV_VIVADO", raising=False)
    status, out, err = board(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("pezo: error: ")
    assert says in err
    assert [path.name for path in tmp_path.iterdir()] == ["loose.toml"]


def pretend(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a program called ``vivado`` on PATH that is this shell script."""
    folder.mkdir()
    (folder / "vivado").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "vivado").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.slow
@pytest.mark.usefixtures("made_before")
def test_build_starts_vivado_in_the_folder(board, tmp_path: Path, monkeypatch):
    pretend(tmp_path / "bin", 'echo "$@" > arguments; echo 10 > top.bit', monkeypatch)
    status, out, err = board("row-pool", "-o", tmp_path / "out", "--build")
    assert (status, err) == (0, "")
    assert "top.bit 3 bytes" in " ".join(out.split())  # wherever the line is broken
    written = files(tmp_path / "out")
    assert written["arguments"] == "-mode batch -log top.log -source top.tcl\n"


@pytest.mark.usefixtures("made_before")
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "echo 10 > top.bit; exit 3"])
def test_a_build_that_fails_is_one_line(board, tmp_path: Path, monkeypatch, script: str):
    pretend(tmp_path / "bin", script, monkeypatch)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "top.bit").write_text("of a build before")
    status, _, err = board("row-pool", "-o", tmp_path / "out", "--build")
    assert (status, err.count("\n")) == (2, 1)
    assert "Vivado made no" in err
    assert "top.log" in err


@pytest.mark.slow
def test_as_a_script_from_anywhere(root: Path, tmp_path: Path):
    command = [sys.executable, root / "boards" / "zcu102.py", "row-pool"]
    done = subprocess.run(
        [*command, "-o", "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, without_patience(done.stderr)) == (0, "")
    assert files(tmp_path / "out") == pool_project()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert without_patience(done.stderr).count("\n") == 1
