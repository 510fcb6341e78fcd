"""What is made from the description is checked in as it is made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pezo_hw.registers import register_map
from pezo_hw.registers.__main__ import derived_files, main


@pytest.mark.parametrize("place", derived_files())
def test_it_is_not_stale(place: str, root):
    assert (root / place).read_text("utf-8") == derived_files()[place], "run: make registers"


def test_the_page_names_every_field(root):
    page = (root / "docs/registers.md").read_text("utf-8")
    for register in register_map().registers:
        section = page.split(f"## {register.name}\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| [\d:]+ \| `(\w+)`", section, re.MULTILINE)
        assert rows == [field.name for field in register.fields]
        for field in register.fields:
            for meaning in field.meanings:
                assert f"| {meaning.value} | {meaning.title} | " in section


@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_the_header_compiles_and_its_struct_lies_right(root, tmp_path):
    checks = "\n".join(
        f'_Static_assert(offsetof(pezo_t, {register.name}) == {register.address}, "");'
        for register in register_map().registers
    )
    checks += "\n" + "\n".join(
        f"_Static_assert(PEZO__{register.name}__{field.name.upper()}__{each.name.upper()}"
        f' == {each.value}, "");'
        for register in register_map().registers
        for field in register.fields
        for each in field.meanings
    )
    assert "FAMILY__PRE_GENERATED == 2" in checks
    source = tmp_path / "check.c"
    source.write_text(f'#include <stddef.h>\n#include "pezo_registers.h"\n{checks}\nint x;\n')
    folder = root / "pezo_hw/driver/c"
    command = ["cc", "-std=c11", "-Wall", "-Werror", "-c", f"-I{folder}", str(source)]
    subprocess.run([*command, "-o", str(tmp_path / "check.o")], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_is_full_is_one_line(root: Path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pezo_hw.registers"],
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    said = "pezo_hw.registers: error: standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_a_place_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "pezo_hw").write_text("no folder")
    monkeypatch.setattr("pezo_hw.registers.__main__._CHECKOUT", tmp_path)
    assert main() == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert "cannot be written (Not a directory)" in captured.err
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["pezo_hw"]
