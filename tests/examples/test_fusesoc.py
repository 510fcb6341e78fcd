"""A design whose generator FuseSoC makes on its own, run by FuseSoC."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import examples.fusesoc
from pezo_hw import load
from pezo_hw.emit import emit_core
from tests.vivado.test_packaging_fusesoc import FUSESOC

pytestmark = pytest.mark.slow
EXAMPLE = Path(examples.fusesoc.__file__).parent


def run(folder: Path, work: Path) -> subprocess.CompletedProcess[str]:
    """Lints the design of a folder; python3 is this one."""
    (work / "bin").mkdir(parents=True)
    # Not a link, through which an environment's packages are not found.
    script = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
    (work / "bin" / "python3").write_text(script)
    (work / "bin" / "python3").chmod(0o755)
    environment = {
        **os.environ,
        **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(work)),
        "PATH": f"{work / 'bin'}:{os.environ['PATH']}",
    }
    command = ["--cores-root", str(folder), "run", "--target", "lint", "--work-root"]
    return subprocess.run(
        [*FUSESOC, *command, str(work / "build"), "perturbed"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_a_design_with_a_generator(tmp_path: Path):
    folder = tmp_path / "design"
    shutil.copytree(EXAMPLE, folder)
    done = run(folder, tmp_path / "work")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "%Warning" not in said
    found = {path.read_text() for path in (tmp_path / "work").rglob("noise.v")}
    core = emit_core(load("paper-roberta"), system="stream", name="noise")
    assert found == {core.files["noise.v"]}


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("paper-roberta", "nothing.toml", "nothing.toml: No such file or directory"),
        ("config: paper-roberta, ", "", "config is missing; allowed: a preset or a TOML file"),
        (
            "system: stream",
            "sistem: stream",
            "sistem = stream is not allowed; allowed: a parameter",
        ),
    ],
)
def test_a_mistake_is_said(before: str, after: str, says: str, tmp_path: Path):
    folder = tmp_path / "design"
    shutil.copytree(EXAMPLE, folder)
    core = folder / "perturbed.core"
    core.write_text(core.read_text().replace(before, after))
    done = run(folder, tmp_path / "work")
    assert done.returncode != 0
    assert says in done.stdout + done.stderr
