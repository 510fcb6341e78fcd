"""The environment of what is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pezo_hw.tools.environment import environment_for
from pezo_hw.tools.processes import run


def test_nothing_of_the_caller_s_but_what_the_loader_needs(monkeypatch: pytest.MonkeyPatch):
    for name in list(os.environ):
        monkeypatch.delenv(name)
    empty = environment_for("/opt/bin/c++")
    for name in ("CXXFLAGS", "MAKEFLAGS", "PYTHONPATH", "HOME", "LC_ALL", "ANYTHING"):
        monkeypatch.setenv(name, "spoilt")
    monkeypatch.setenv("PATH", "/spoilt")
    assert environment_for("/opt/bin/c++") == empty
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/lib")
    assert environment_for("/opt/bin/c++") == {**empty, "LD_LIBRARY_PATH": "/opt/lib"}


def test_the_folder_of_a_program_comes_first_and_the_system_s_are_there():
    folders = environment_for("/opt/a/x", "/opt/b/y", "/opt/a/z", "sh")["PATH"].split(os.pathsep)
    assert folders[:2] == ["/opt/a", "/opt/b"]
    assert {"/usr/bin", "/bin"} < set(folders[2:])
    assert "." not in folders


def test_another_python_is_not_given_the_modules_of_this_one():
    assert not any(name.startswith("PYTHON") for name in environment_for("/opt/bin/python3"))


def test_a_process_of_this_python_finds_the_same_modules(tmp_path: Path, monkeypatch):
    """And none in the current folder."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "found_here.py").write_text("")
    (tmp_path / "random.py").write_text("raise SystemExit('not this one')")
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    program = "import found_here, random, pezo_hw, sys; print(sys.flags.optimize)"
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    environment = environment_for(sys.executable)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


def test_run_makes_an_environment_where_none_is_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CXXFLAGS", "-no-such-option")
    done = run([sys.executable, "-c", "import os; print('CXXFLAGS' in os.environ)"])
    assert (done.returncode, done.stdout) == (0, "False\n")
