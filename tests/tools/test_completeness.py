"""What another program wrote is used whole or not at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pezo_hw import PezoError, load
from pezo_hw.emit import emit_core
from pezo_hw.synth import synthesise
from pezo_hw.synth.cache import Cache
from pezo_hw.tools import yosys
from pezo_hw.tools.completeness import (
    IncompleteFileError,
    complete_json,
    complete_memory,
    complete_saif,
    complete_text,
    complete_verilog,
    complete_xml,
)
from tests.cases import mostly_slow
from tests.living import without_patience

VERILOG = """\
// head
module one(a);
  input a;
endmodule

(* keep *)
module \\two.x (b);
endmodule
"""
COUNTER = """
module top(input clk, output reg [1:0] n);
  reg [7:0] words [3:0];
  initial $readmemh("words.mem", words);
  always @(posedge clk) n <= n + words[n];
endmodule
"""


def every_beginning(path: Path, text: str) -> Iterator[str]:
    """Writes each beginning of the text that lacks more than white space at its end."""
    for size in range(len(text.rstrip())):
        path.write_text(text[:size])
        yield text[:size]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (VERILOG, lambda path: complete_verilog(path, "x", ["one", "two.x"])),
        ('{"a": [1, {"b": "}"}]}\n', lambda path: complete_json(path, "x")),
        ("0101\n1111\n0000\n", lambda path: complete_memory(path, "x", words=3, bits=4)),
        ("(SAIFILE\n(A (B))\n)\n", lambda path: complete_saif(path, "x")),
        ("<a>\n<b/>x\n</a>\n", lambda path: complete_xml(path, "x") is not None),
    ],
    ids=["verilog", "json", "memory", "saif", "xml"],
)
def test_no_beginning_of_a_file_passes(tmp_path: Path, text: str, read: Callable[[Path], object]):
    path = tmp_path / "file"
    path.write_text(text)
    assert read(path)
    for _ in every_beginning(path, text):
        with pytest.raises(IncompleteFileError, match=r"x left file in .* allowed: TMPDIR"):
            read(path)
    path.unlink()
    with pytest.raises(IncompleteFileError):
        read(path)


def test_other_modules_or_words_are_none(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text(VERILOG)
    with pytest.raises(IncompleteFileError):
        complete_verilog(path, "x", ["one", "two.x", "three"])
    path.write_text("0101\n01x1\n")
    with pytest.raises(IncompleteFileError):
        complete_memory(path, "x", words=2, bits=4)
    path.write_bytes(b"\xff")
    with pytest.raises(IncompleteFileError):
        complete_text(path, "x")


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, float], None]:
    """Lets Yosys' files of a kind end after a share of their bytes, with exit status 0."""
    run = yosys.Yosys.run

    def install(pattern: str, share: float) -> None:
        def run_and_cut(self, commands, folder):
            said = run(self, commands, folder)
            for path in folder.glob(pattern):
                os.truncate(path, int(path.stat().st_size * share))
            return said

        monkeypatch.setattr(yosys.Yosys, "run", run_and_cut)

    return install


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("pattern", ["core.v", "*.mem"])
def test_verilog_that_was_cut_is_not_emitted(cut, pattern: str, share: float):
    cut(pattern, share)
    with pytest.raises(IncompleteFileError, match="Yosys left core"):
        emit_core(load("paper-pool"))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("file", ["netlist.v", "netlist.json"])
def test_a_netlist_that_was_cut_is_neither_used_nor_kept(cut, tmp_path: Path, file, share: float):
    cut(file, share)
    memory = {"words.mem": "00\n01\n02\n03\n"}
    with pytest.raises(IncompleteFileError, match=f"left {file}"):
        synthesise(COUNTER, memory, "top", "ice40", cache=Cache(folder=tmp_path))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_log_without_its_end_is_an_error(tmp_path: Path):
    silent = yosys.Yosys(name="yosys 9", command=("sh", "-c", "echo half > yosys.log"))
    with pytest.raises(IncompleteFileError, match=r"yosys 9 left yosys\.log"):
        silent.run(["stat"], tmp_path)


@pytest.fixture
def disk(tmp_path: Path):
    """Mounts a disk of so many kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(kilobytes: int) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("a disk cannot be mounted here")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("kilobytes", mostly_slow([16, 100, 160, 208], 160))
def test_a_full_disk_is_one_line(disk, tmp_path: Path, kilobytes: int):
    command = [sys.executable, "-m", "pezo_hw", "generate", "paper-roberta", "--system", "axi"]
    done = subprocess.run(
        [*command, "-o", tmp_path / "out"],
        env={**os.environ, "TMPDIR": str(disk(kilobytes))},
        capture_output=True,
        text=True,
    )
    said = without_patience(done.stderr)
    assert (done.returncode, done.stdout, said.count("\n")) == (2, "", 1)
    assert "allowed: TMPDIR" in said
    assert not (tmp_path / "out").exists()


def test_an_error_of_the_disk_is_an_error_of_the_package():
    assert issubclass(IncompleteFileError, PezoError)
