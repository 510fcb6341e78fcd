"""Programs are found by their version."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import toolchain
from pezo_hw.tools.toolchain import COMPILER, ICARUS, OPENSTA, Program, numbers, output_of, places

TOOL = Program(
    requirement="tool 2.10 or newer",
    names=("tool", "tool-2"),
    versions=((r"tool (\d+\.\d+)", (2, 10)),),
    remedy="get one",
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes programs that print something, in folders that are all there is to look in."""
    monkeypatch.setattr(toolchain, "SYSTEM_FOLDERS", ())
    monkeypatch.setattr(toolchain.sys, "executable", str(tmp_path / "none" / "python"))
    folders: list[str] = []

    def add(name: str, printed: str, status: int = 0) -> Path:
        folder = tmp_path / str(len(folders))
        folder.mkdir()
        (folder / name).write_text(f"#!/bin/sh\necho '{printed}'\nexit {status}\n")
        (folder / name).chmod(0o755)
        folders.append(str(folder))
        monkeypatch.setenv("PATH", os.pathsep.join(folders))
        return folder / name

    monkeypatch.setenv("PATH", "")
    return add


def test_the_first_that_is_new_enough(path):
    path("tool", "tool 2.9")
    path("tool", "tool 2.11", status=1)
    path("tool", "something else")
    right = path("tool-2", "this is tool 2.10")
    path("tool", "tool 3.0")
    found = TOOL.find()
    assert (found.path, found.version) == (right, "2.10")


def test_what_is_there_is_named_with_place_and_version(path):
    old, silent = path("tool", "tool 2.9"), path("tool", "")
    with pytest.raises(PezoError) as error:
        TOOL.find()
    found = f"found: {old} (2.9), {silent} (says no version)"
    assert str(error.value) == f"tool 2.10 or newer is needed; {found}; get one"


def test_where_there_is_none(path):
    with pytest.raises(
        PezoError, match=r"^tool 2.10 or newer is needed; none is on PATH; get one$"
    ):
        TOOL.find()


def test_a_version_to_be_at_least_as_new_as(path):
    program = path("tool", "tool 2.12")
    assert TOOL.is_new_enough(program)
    assert TOOL.is_new_enough(program, (2, 12))
    assert not TOOL.is_new_enough(program, (2, 13))
    assert not TOOL.is_new_enough(path("tool", "tool 2.9"), (1, 0))


@pytest.mark.parametrize(
    ("says", "enough"),
    [
        ("c++ (Debian 12.2.0-14+deb12u1) 12.2.0", True),
        ("g++ (GCC) 8.5.0 20210514 (Red Hat 8.5.0-4)", False),
        ("Ubuntu clang version 14.0.0-1ubuntu1.1", True),
        ("Debian clang version 7.0.1-8+deb10u2 (tags/RELEASE_701/final)", False),
        ("Apple clang version 15.0.0 (clang-1500.3.9.4)", True),
        ("tcc version 0.9.27", False),
    ],
)
def test_compilers(path, says: str, enough: bool):
    assert COMPILER.is_new_enough(path("c++", says)) is enough


def test_icarus(path):
    assert ICARUS.is_new_enough(path("iverilog", "Icarus Verilog version 11.0 (stable) ()"))
    assert not ICARUS.is_new_enough(path("iverilog", "Icarus Verilog version 10.3 (stable) ()"))


def test_places_are_absolute_and_each_program_once(path, tmp_path: Path, monkeypatch):
    program = path("tool", "")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "tool").symlink_to(program)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", "0", "link", str(program.parent)]))
    assert list(places("tool")) == [program]


def test_without_path_the_system_s_folders_remain(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PATH")
    assert next(places("sh")).is_absolute()


def test_a_program_that_cannot_be_run_says_nothing(path, tmp_path: Path):
    (tmp_path / "text").write_text("no program")
    assert output_of(tmp_path / "text", "--version") == ""
    assert output_of(tmp_path / "none", "--version") == ""
    assert output_of(path("tool", "words", status=3)) == ""


def test_numbers():
    assert numbers("5.006") == (5, 6)
    assert numbers("nextpnr-0.11.1") == (0, 11, 1)
    assert numbers("5.048") > numbers("5.6")


def test_opensta_of_another_release_is_none(path):
    path("sta", "2.6.0")
    right = path("sta", "2.0.17")
    path("sta", "2.2.0")
    assert (OPENSTA.find().path, OPENSTA.find().version) == (right, "2.0.17")
    right.unlink()
    with pytest.raises(PezoError, match=r"^OpenSTA 2.0 is needed; found: .*; Debian: apt install"):
        OPENSTA.find()
