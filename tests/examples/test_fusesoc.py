"""A design whose generator FuseSoC makes on its own, run by FuseSoC."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import examples.fusesoc
from examples.fusesoc.pezo_generator import main
from pezo_hw import load
from pezo_hw.emit import emit_core
from tests.vivado.test_packaging_fusesoc import FUSESOC

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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("paper-roberta", "nothing.toml", "nothing.toml: No such file or directory"),
        ("config: paper-roberta, ", "", "config is missing; allowed: a preset or a TOML file"),
        (
            "system: stream",
            "sistem: stream",
            'sistem = "stream" is not allowed; allowed: a parameter',
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


REST = "files_root: .\nvlnv: 'a:b:c:1'\n"
NONE = {
    "": "files_root is missing",
    "[1, 2]": "files_root is missing",
    "files_root: 3": "files_root is missing",
    "files_root: .": "vlnv is missing",
    "a: [": "not YAML",
    "a: " + "[" * 9999: "not YAML",
    "a: 1" + "0" * 9999: "not YAML",
    "parameters: [1]\n" + REST: "parameters = [1] is not allowed; allowed: a table of config",
    "parameters: x\n" + REST: 'parameters = "x" is not allowed',
    REST: "config is missing",
    "parameters: {config: 3}\n" + REST: "config = 3 is not allowed; allowed: a text",
    "parameters: {config: [paper-opt]}\n" + REST: "is not allowed; allowed: a text",
    "parameters: {config: paper-opt, top: 1}\n" + REST: "top = 1 is not allowed",
    "parameters: {config: paper-opt, system: cor}\n" + REST: 'system = "cor" is not allowed',
    'parameters: {"\\e[2J": "\\e"}\n' + REST: r'\x1b[2J = "\x1b" is not allowed',
    "parameters: {config: paper-opt, top: a b}\n" + REST: '"a b" is not allowed',
}


def test_what_fusesoc_never_writes_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    asked = tmp_path / "asked.yml"
    for text, says in NONE.items():
        asked.write_text(text)
        assert main([str(asked)]) == 2
        said = capsys.readouterr().err
        assert says in said, text[:80]
        assert said.count("\n") == 1
        assert said.rstrip("\n").isprintable()
    assert main([str(tmp_path)]) == 2
    assert "Is a directory" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["asked.yml"]
