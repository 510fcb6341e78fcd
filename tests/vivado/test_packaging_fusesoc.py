"""The core files, run by FuseSoC itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pezo_hw.tools.files import write_files
from tests.vivado.cases import SYSTEMS, quiet

pytestmark = pytest.mark.slow

# The package's script, without a look at PATH, in the environment that the page on Vivado advises.
FUSESOC = [
    *(sys.executable, "-m", "pezo_hw.tools", sys.executable, "-c"),
    "import sys; from fusesoc.main import main; sys.exit(main())",
]


def fusesoc(folder: Path, work: Path, target: str, *options: str) -> subprocess.CompletedProcess:
    """Runs a target of the only core in a folder, with nothing of the user's configuration."""
    (core,) = folder.glob("*.core")
    name = yaml.safe_load(core.read_text("utf-8").removeprefix("CAPI=2:"))["name"]
    environment = {
        **os.environ,
        "HOME": str(work),
        "XDG_CONFIG_HOME": str(work),
        "XDG_CACHE_HOME": str(work),
        "XDG_DATA_HOME": str(work),
        # Whatever would fetch something fails at once.
        "https_proxy": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }
    command = ["--cores-root", str(folder), "run", *options, "--target", target]
    return subprocess.run(
        [*FUSESOC, *command, "--work-root", str(work / target), name],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
    )


def written(name: str, folder: Path, broken: dict[str, str] | None = None) -> Path:
    """In a folder of its own, so that nothing is found by chance."""
    write_files(folder / "core", {**quiet(name).files, **(broken or {})})
    return folder / "core"


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_file_that_is_listed_is_there(name: str):
    core = quiet(name)
    described = yaml.safe_load(core.files[f"{core.top}.core"].removeprefix("CAPI=2:"))
    listed = [
        file for files in described["filesets"].values() for each in files["files"] for file in each
    ]
    assert set(listed) <= set(core.files)
    assert set(listed) >= {file for file in core.files if file.endswith((".v", ".mem", ".xdc"))}
    assert described["name"].split(":")[:3] == ["pezo_hw", "perturbation", core.top]


@pytest.mark.parametrize("name", SYSTEMS)
def test_lint(name: str, tmp_path: Path):
    done = fusesoc(written(name, tmp_path), tmp_path, "lint")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "%Warning" not in done.stdout + done.stderr


def test_lint_sees_a_mistake(tmp_path: Path):
    verilog = quiet("core").files["pezo_core.v"]
    broken = {"pezo_core.v": verilog.replace("input rst;", "input [1:0] rst;", 1)}
    assert fusesoc(written("core", tmp_path, broken), tmp_path, "lint").returncode != 0


@pytest.mark.icarus
@pytest.mark.parametrize("name", SYSTEMS)
def test_sim_on_icarus(name: str, tmp_path: Path):
    done = fusesoc(written(name, tmp_path), tmp_path, "sim")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASS: " in done.stdout


def test_sim_on_verilator(tmp_path: Path):
    done = fusesoc(written("replay", tmp_path), tmp_path, "sim_verilator")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "PASS: " in done.stdout


@pytest.mark.icarus
def test_sim_sees_a_changed_table(tmp_path: Path):
    table = "pezo_core_scale_table.mem"
    words = quiet("core").files[table].split()
    broken = {table: "".join(f"{3 - int(word, 16):x}\n" for word in words)}
    done = fusesoc(written("core", tmp_path, broken), tmp_path, "sim")
    assert done.returncode != 0
    assert "FAIL: beat " in done.stdout


def test_synth_is_set_up_for_vivado(tmp_path: Path):
    done = fusesoc(written("core", tmp_path), tmp_path, "synth", "--setup")
    assert done.returncode == 0, done.stdout + done.stderr
    script = "".join(path.read_text() for path in (tmp_path / "synth").glob("*.tcl"))
    assert "set_property part xczu9eg-ffvb1156-2-e" in script
    assert "read_mem {pezo_core_scale_table.mem}" in script
    assert "pezo_core.xdc}" in script
    assert "set_property top pezo_core " in script
