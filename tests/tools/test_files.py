"""Files appear whole or not at all."""

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import special_files
from pezo_hw.tools.files import (
    fill_template,
    read_bounded,
    read_json,
    read_stream,
    read_text,
    replacing,
    require_place,
    write_files,
)
from tests.corruption import no_files


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


def test_a_place_for_a_file_is_looked_at_beforehand(tmp_path: Path):
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("new", "file", "link", "a/b/c"):
        require_place(tmp_path / name)
    require_place(Path("/dev/stdout"))
    for name in ("file/x", "file/a/b"):
        with pytest.raises(PezoError, match=r"cannot be written .Not a directory"):
            require_place(tmp_path / name)
    assert names(tmp_path) == ["file", "link"]


def test_a_name_as_long_as_can_be(tmp_path: Path):
    write_files(tmp_path, {"n" * 255: "text"})
    assert names(tmp_path) == ["n" * 255]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to("there/file")
    for text in ("first", "second"):
        write_files(tmp_path, {"link": text})
        assert link.is_symlink()
        assert (tmp_path / "there" / "file").read_text() == text
    assert names(tmp_path / "there") == ["file"]


def test_a_device_is_written_through():
    write_files(Path("/dev"), {"null": "text"})
    assert Path("/dev/null").is_char_device()
    with pytest.raises(PezoError, match=r"/dev/full: cannot be written .No space left"):
        write_files(Path("/dev"), {"full": "text"})


def test_a_fifo_is_written_through(tmp_path: Path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    found = []
    reader = threading.Thread(target=lambda: found.append(fifo.read_text()))
    reader.start()
    write_files(tmp_path, {"fifo": "text" * 99_999})
    reader.join()
    assert found == ["text" * 99_999]
    assert fifo.is_fifo()
    assert names(tmp_path) == ["fifo"]


def test_a_fifo_that_nobody_reads_is_one_line(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(special_files, "_SECONDS_FOR_A_READER", 0.1)
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(PezoError, match=r"fifo: cannot be written .nobody reads this FIFO"):
        write_files(tmp_path, {"fifo": "text"})
    assert (tmp_path / "fifo").is_fifo()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_standard_output_is_written_where_it_stands(tmp_path: Path, name: str):
    """Also where it is a regular file, which must not be emptied or exchanged."""
    (tmp_path / "link").symlink_to("/dev/stdout")
    code = "import sys; from pathlib import Path; from pezo_hw.tools.files import write_files\n"
    code += "print('before'); path = Path(sys.argv[1])\n"
    code += "write_files(path.parent, {path.name: 'text\\n'}); print('after')"
    with (tmp_path / "out").open("w") as out:
        command = [sys.executable, "-c", code, name]
        subprocess.run(command, stdout=out, check=True, cwd=tmp_path)
    assert (tmp_path / "out").read_text() == "before\ntext\nafter\n"
    assert names(tmp_path) == ["link", "out"]


def test_the_command_line_keeps_what_is_no_regular_file(tmp_path: Path, pezo):
    os.mkfifo(tmp_path / "window.csv")
    reader = threading.Thread(target=(tmp_path / "window.csv").read_text)
    reader.start()
    assert pezo("stream", "paper-opt", "-o", tmp_path / "window.csv")[0] == 0
    reader.join()
    assert (tmp_path / "window.csv").is_fifo()
    (tmp_path / "null.csv").symlink_to("/dev/null")
    assert pezo("stream", "paper-opt", "-o", tmp_path / "null.csv")[0] == 0
    assert Path("/dev/null").is_char_device()
    assert (tmp_path / "null.csv").is_symlink()


def test_what_is_no_file_is_not_read(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text("text")
    for kind in no_files(path):
        if kind != "nothing":
            with pytest.raises(OSError, match=str(path)):
                read_bounded(path, 9)


def test_no_more_is_read_than_is_allowed(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"123456789")
    assert read_bounded(path, 9) == b"123456789"
    with pytest.raises(OSError, match="more than 8 bytes"):
        read_bounded(path, 8)
    with pytest.raises(OSError, match="more than 8 bytes"):
        read_stream(io.BytesIO(b"123456789"), 8, "-")


def test_what_is_no_text_or_json_is_not_read(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"\xff")
    with pytest.raises(OSError, match="not UTF-8 text"):
        read_text(path, 9)
    for text in ("", "{", "[" * 100_000, "9" * 5000):
        path.write_text(text)
        with pytest.raises(OSError, match="not JSON"):
            read_json(path, 1 << 20)
    path.write_text('\ufeff{"a": 1}')
    assert read_json(path, 99) == {"a": 1}


@pytest.fixture
def template(tmp_path: Path):
    path = tmp_path / "template.sv"
    path.write_text('always @(posedge @{clock}) $display("@{text} @ {x}");\n', "utf-8")
    return path


def test_a_name_without_a_value_is_an_error(template: Path):
    with pytest.raises(KeyError, match="text"):
        fill_template(template, clock="clk")


def test_what_looks_like_a_place_stays(template: Path):
    filled = fill_template(template, clock="clk", text="$readmemh")
    assert filled == 'always @(posedge clk) $display("$readmemh @ {x}");\n'
