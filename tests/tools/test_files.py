"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools.files import replacing, write_files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_and_replaced(tmp_path: Path):
    write_files(tmp_path / "a" / "b", {"x.v": "one\n", "y.mem": "two\n"})
    write_files(tmp_path / "a" / "b", {"x.v": "three\n"})
    folder = tmp_path / "a" / "b"
    assert (folder / "x.v").read_bytes() == b"three\n"
    assert names(folder) == ["x.v", "y.mem"]


def test_they_have_the_usual_permissions(tmp_path: Path):
    (tmp_path / "usual").write_text("")
    write_files(tmp_path, {"ours": ""})
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failure_leaves_what_was_there(tmp_path: Path):
    target = tmp_path / "x.v"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert names(tmp_path) == ["x.v"]


def test_all_files_or_none(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_text("old")
    with pytest.raises(PezoError, match=r"b: cannot be written .Is a directory"):
        write_files(tmp_path, {"a": "new", "b": "new", "c": "new"})
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_folder_that_cannot_be_is_one_line(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PezoError, match=r"file/x\.v: cannot be written"):
        write_files(tmp_path / "file", {"x.v": ""})
