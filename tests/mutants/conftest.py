"""A small checkout to break."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ADDER = """\
def add(a, b):
    return a + b


def less(a, b):
    return a - b


def climb(n):
    while n < 3:
        n += 1
    return n


def thrice(n):
    return n * 3
"""
TESTS = """\
import pytest

from pezo_hw.rtl.adder import add, climb, less, thrice


def test_add():
    assert add(2, 3) == 5
    assert less(2, 0) == 2


def test_climb():
    assert climb(0) == 3


@pytest.mark.slow
def test_thrice():
    assert thrice(2) == 6
"""
FILES = {
    ".gitignore": "*.secret\n",
    "pyproject.toml": "[tool.pytest.ini_options]\nmarkers = ['slow: takes long']\n",
    "pezo_hw/__init__.py": "",
    "pezo_hw/rtl/__init__.py": "",
    "pezo_hw/rtl/adder.py": ADDER,
    "pezo_hw/rtl/inner/lonely.py": "x = 1\n",
    "pezo_hw/systems/axi/rtl/lonely.py": "x = 1\n",
    "pezo_hw/systems/axi/pins.py": "x = 1\n",
    "tests/__init__.py": "",
    "tests/rtl/__init__.py": "",
    "tests/rtl/test_adder.py": TESTS,
    "tests/rtl/test_other.py": "def test_nothing():\n    pass\n",
    "tests/systems/axi/test_model.py": "",
    "tests/systems/axi/rtl/test_wrapper.py": "",
    "tests/systems/core/test_model.py": "",
    "tests/axi/test_frames.py": "",
    "a.secret": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A module whose second function is hardly tested, and the last one by a slow test."""
    root = tmp_path / "checkout"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root
