"""``pezo driver``: what it copies is whole and works where it lies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pezo_hw.driver

C_FILES = ["pezo.c", "pezo.h", "pezo_registers.h"]


def test_both_drivers_are_copied(pezo, tmp_path: Path):
    status, out, err = pezo("driver", "-o", tmp_path / "software")
    assert (status, err) == (0, "")
    c, python = tmp_path / "software" / "c", tmp_path / "software" / "python"
    assert sorted(path.name for path in c.iterdir()) == C_FILES
    sources = Path(pezo_hw.driver.__file__).parent
    copied = sorted(path.name for path in (python / "pezo_driver").iterdir())
    assert copied == sorted(path.name for path in sources.glob("*.py"))
    assert all((c / name).read_bytes() == (sources / "c" / name).read_bytes() for name in C_FILES)
    assert len(out.splitlines()) == len(copied) + len(C_FILES)


def test_the_copies_work(pezo, tmp_path: Path):
    pezo("driver", "-o", tmp_path)
    command = ["cc", "-std=c99", "-c", "pezo.c", "-o", str(tmp_path / "pezo.o")]
    subprocess.run(command, cwd=tmp_path / "c", check=True)
    program = (
        "import sys; sys.path.insert(0, 'python'); import pezo_driver; print(pezo_driver.Shape)"
    )
    out = subprocess.check_output([sys.executable, "-I", "-c", program], cwd=tmp_path, text=True)
    assert "pezo_driver.shape.Shape" in out


def test_a_folder_is_needed(pezo):
    status, _, err = pezo("driver")
    assert status == 2
    assert "Missing option '-o'" in err
