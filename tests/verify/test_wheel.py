"""The wheel holds everything that verification needs, and the drivers."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.icarus
def test_verify_from_an_installed_wheel(root: Path, tmp_path: Path):
    """Unpacked where nothing of the checkout is, as an installation does it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    site = tmp_path / "site"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site)}

    def python(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert str(site) in python("-c", "import pezo_hw; print(pezo_hw.__file__)")
    out = python("-m", "pezo_hw", "verify", "row-pool", "--simulator", "icarus")
    assert out.count("bit-exact") == 2
    python("-m", "pezo_hw", "driver", "-o", "software")
    assert (tmp_path / "software" / "c" / "pezo.c").read_text("utf-8").startswith("/* Driver")
