"""``pezo driver``: what it copies is whole and works where it lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pezo_hw.driver


def test_both_drivers_are_copied(pezo, tmp_path: Path):
    status, out, err = pezo("driver", "-o", tmp_path / "software")
    assert (status, err) == (0, "")
    c, python = tmp_path / "software" / "c", tmp_path / "software" / "python" / "pezo_driver"
    sources = Path(pezo_hw.driver.__file__).parent
    c_files = {path.name: path.read_bytes() for path in (sources / "c").iterdir()}
    assert {path.name: path.read_bytes() for path in c.iterdir()} == c_files
    assert {"pezo.h", "pezo.c", "pezo_registers.h"} < c_files.keys()
    modules = {p.relative_to(sources): p.read_bytes() for p in sources.rglob("*.py")}
    copied = {p.relative_to(python): p.read_bytes() for p in python.rglob("*") if p.is_file()}
    assert copied == modules
    vitis = tmp_path / "software" / "vitis" / "drivers" / "pezo_v1_0"
    assert {path.name for path in (vitis / "data").iterdir()} == {"pezo.mdd", "pezo.tcl"}
    in_vitis = {path.name: path.read_bytes() for path in (vitis / "src").iterdir()}
    assert in_vitis.pop("Makefile")
    assert in_vitis == {n: text for n, text in c_files.items() if n != "pezo_linux.h"}
    assert len(out.splitlines()) == len(modules) + len(c_files) + len(in_vitis) + 3


def test_the_copies_work(pezo, tmp_path: Path):
    pezo("driver", "-o", tmp_path)
    files = sorted(path.name for path in (tmp_path / "c").glob("*.c"))
    subprocess.run(["cc", "-std=c99", "-c", *files], cwd=tmp_path / "c", check=True)
    program = (
        "import sys; sys.path.insert(0, 'python'); import pezo_driver; print(pezo_driver.Shape)"
    )
    out = subprocess.check_output([sys.executable, "-I", "-c", program], cwd=tmp_path, text=True)
    assert "pezo_driver.shape.Shape" in out


def test_a_folder_is_needed(pezo):
    status, _, err = pezo("driver")
    assert status == 2
    assert "Missing option '-o'" in err
