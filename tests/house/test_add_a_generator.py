"""The generator of docs/add-a-generator.md, taken off the page into a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.living import without_patience

REGISTRY = "pezo_hw/generators/registry.py"
FOLDER = "pezo_hw/generators/counter/"


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[str, str]]:
    """Language and text of the page's files, by name."""
    page = (Path(__file__).parents[2] / "docs/add-a-generator.md").read_text("utf-8")
    found = re.findall(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', page, re.DOTALL | re.MULTILINE)
    return {name: (language, text) for language, name, text in found}


@pytest.fixture
def checkout(root: Path, tmp_path: Path, files: dict[str, tuple[str, str]]) -> Path:
    """A copy of the package with the page's folder and the page's lines of the registry."""
    for part in ("pezo_hw", "sim"):
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (language, text) in files.items():
        if language != "diff":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
    registry = tmp_path / REGISTRY
    registry.write_text(patched(registry.read_text("utf-8"), files[REGISTRY][1]), "utf-8")
    return tmp_path


def patched(text: str, diff: str) -> str:
    """The text with each added line of a diff beside the neighbour that the diff shows."""
    lines, shown = text.splitlines(), diff.splitlines()
    for index, line in enumerate(shown):
        if not line.startswith("+"):
            continue
        after = index > 0 and shown[index - 1].startswith(" ")
        neighbour = shown[index - 1 if after else index + 1][1:]
        lines.insert(lines.index(neighbour) + after, line[1:])
    return "\n".join([*lines, ""])


def pezo(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pezo_hw", *arguments],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), "TMPDIR": str(checkout), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_one_folder_and_one_entry_of_the_registry(files: dict[str, tuple[str, str]]):
    package = {name for name in files if name.startswith("pezo_hw/")}
    assert {name for name in package if not name.startswith(FOLDER)} == {REGISTRY}
    assert len(re.findall(r"^\+", files[REGISTRY][1], re.MULTILINE)) == 2


@pytest.mark.slow
@pytest.mark.icarus
def test_it_comes_to_a_verified_netlist(checkout: Path):
    shown = pezo(checkout, "stream", "counting.toml", "--start", "42", "--cycles", "1")
    assert re.search(r"42 │ +0 │ +-8 │ +-7 │ +-6", shown.stdout)
    for rest in (["--simulator", "icarus", "--level", "netlist"], ["--simulator", "amaranth"]):
        run = pezo(checkout, "verify", "counting.toml", "--cycles", "200", *rest)
        assert run.returncode == 0, run.stdout + run.stderr


def test_what_it_lacks_is_refused_in_one_line(checkout: Path):
    for system in ("replay", "axi"):
        run = pezo(checkout, "generate", "counting.toml", "--system", system, "-o", "out")
        assert run.returncode == 2
        assert re.fullmatch(
            r"pezo: error: .*perturbation\.strategy = \"counter\".*\n", without_patience(run.stderr)
        )
        assert not (checkout / "out").exists()


def test_a_count_that_is_wrong_is_seen(checkout: Path):
    core = checkout / FOLDER / "rtl/core.py"
    text = core.read_text("utf-8")
    core.write_text(text.replace("first.eq(first + lanes)", "first.eq(first + lanes + 1)"), "utf-8")
    run = pezo(checkout, "verify", "counting.toml", "--simulator", "amaranth", "--cycles", "20")
    assert run.returncode == 1
    assert "not bit-exact" in run.stdout
