"""``pezo board``: what lands where, and what it does with mistakes."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.boards import BOARDS, Moment, project_files

POOL_OF_NUMBERS = (
    '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = 10\nlanes = 3\n'
)


@cache
def pool_project() -> dict[str, str]:
    """The files of a pool; making them takes longer than all that is done with them."""
    return project_files(BOARDS["zcu102"], load("row-pool"))


@pytest.fixture
def made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project is made once, for tests of what happens to its files."""
    monkeypatch.setattr("pezo_hw.cli.board.project_files", lambda *_: pool_project())


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.mark.slow
def test_the_project_is_written_whole(pezo, tmp_path: Path):
    status, out, err = pezo("board", "row-pool", "-o", tmp_path / "made" / "here")
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
        (("row-pool", "-o", "out", "--board", "nexys"), "'nexys' is not 'zcu102'"),
        (
            ("row-pool", "-o", "out", "--simulate", "vcs"),
            "'vcs' is not one of",
        ),
        (("mezo", "-o", "out"), "mezo: joint orbit = 5.6e+9 cycles of 1,024 numbers"),
    ],
)
def test_mistakes_are_one_line(pezo, tmp_path, monkeypatch, arguments, says: str):
    (tmp_path / "loose.toml").write_text(POOL_OF_NUMBERS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AMARANTH_ENV_VIVADO", raising=False)
    status, out, err = pezo("board", *arguments)
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


@pytest.mark.usefixtures("made_before")
def test_the_folder_of_another_self_test(pezo, tmp_path: Path):
    """Of another configuration, board or core; with --force no bitstream of it is left."""
    out = tmp_path / "out"
    write = ("board", "row-pool", "-o", out)
    assert pezo(*write)[0] == 0
    (out / "top.bit").write_text("of these files")
    assert pezo(*write)[0] == 0
    assert (out / "top.bit").exists()
    mine = (out / "pezo_self_test.json").read_text("utf-8")
    for other in ('"name": "row-pool"', '"board": "zcu102"'):
        (out / "pezo_self_test.json").write_text(mine.replace(other, f'{other[:-1]}\\u001b"'))
        before = files(out)
        status, said, err = pezo(*write)
        assert (status, said, err.count("\n")) == (2, "", 1)
        assert "holds the self-test of row-pool" in err
        assert "--force" in err
        assert "\x1b" not in err
        assert files(out) == before
    status, said, _ = pezo(*write, "--force")
    assert status == 0
    assert "top.bit, made of other files" in " ".join(said.split())
    assert files(out) == pool_project()
    for damaged in ("", "[" * 5000, "[]", '{"name": NaN}'):
        (out / "pezo_self_test.json").write_text(damaged)
        assert pezo(*write)[0] == 0


@pytest.mark.usefixtures("made_before")
def test_the_folder_of_a_core_of_the_same_file(pezo, tmp_path: Path):
    assert pezo("generate", "row-pool", "--name", "top", "-o", tmp_path)[0] == 0
    status, out, err = pezo("board", "row-pool", "-o", tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "top.v belongs to top" in err


@pytest.mark.slow
@pytest.mark.usefixtures("made_before")
def test_build_starts_vivado_in_the_folder(pezo, tmp_path: Path, monkeypatch):
    pretend(tmp_path / "bin", 'echo "$@" > arguments; echo 10 > top.bit', monkeypatch)
    status, out, err = pezo("board", "row-pool", "-o", tmp_path / "out", "--build")
    assert (status, err) == (0, "")
    assert "top.bit 3 bytes" in " ".join(out.split())  # wherever the line is broken
    written = files(tmp_path / "out")
    assert written["arguments"] == "-mode batch -log top.log -source top.tcl\n"


@pytest.mark.usefixtures("made_before")
@pytest.mark.parametrize("script", ["exit 1", "exit 0", "echo 10 > top.bit; exit 3"])
def test_a_build_that_fails_is_one_line(pezo, tmp_path: Path, monkeypatch, script: str):
    pretend(tmp_path / "bin", script, monkeypatch)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "top.bit").write_text("of a build before")
    status, _, err = pezo("board", "row-pool", "-o", tmp_path / "out", "--build")
    assert (status, err.count("\n")) == (2, 1)
    assert "Vivado made no" in err
    assert "top.log" in err


@pytest.mark.usefixtures("made_before")
def test_a_simulator_that_is_missing_is_one_line(pezo, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *_: iter(()))
    arguments = ("board", "row-pool", "-o", tmp_path / "out", "--simulate", "icarus")
    status, out, err = pezo(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "iverilog 11 or newer is needed" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.icarus
def test_the_project_is_simulated(pezo, tmp_path: Path):
    arguments = ("board", "row-pool", "-o", tmp_path, "--simulate", "icarus")
    status, out, err = pezo(*arguments)
    assert (status, err) == (0, "")
    assert "failed, injected" in out
    assert (out.count(" right "), out.count("WRONG")) == (6, 0)


@pytest.mark.usefixtures("made_before")
def test_a_wrong_led_is_another_status(pezo, tmp_path: Path, monkeypatch):
    moments = (
        Moment(when="power-up", expected=("running",), shown="0010"),
        Moment(when="later", expected=("passed",), shown="01x0"),
    )
    monkeypatch.setattr("pezo_hw.cli.board.simulate", lambda *_: moments)
    arguments = ("board", "row-pool", "-o", tmp_path, "--simulate", "icarus")
    status, out, err = pezo(*arguments)
    assert (status, err) == (1, "")
    assert "failed, running?" in out
    assert "WRONG: passed should be" in out
    assert "Build with Vivado" not in out
