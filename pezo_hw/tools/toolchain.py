"""Which programs are used: where they are looked for, and how old they may be."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import PezoError
from .environment import SYSTEM_FOLDERS
from .processes import run


@dataclass(frozen=True, kw_only=True)
class InstalledProgram:
    """A program that will do.

    Attributes
    ----------
    path : Path
        Where it is.
    version : str
        As it says.
    """

    path: Path
    version: str


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program that is needed.

    Attributes
    ----------
    requirement : str
        What it is and the oldest version, in words.
    names : tuple of str
        What it may be called; the first that is there and new enough is taken.
    version_option : str
        The option with which it says its version.
    versions : tuple of (str, tuple of int)
        How what it says looks, with the version as group 1, and the oldest that will do.
    remedy : str
        Where one comes from.
    """

    requirement: str
    names: tuple[str, ...]
    version_option: str = "--version"
    versions: tuple[tuple[str, tuple[int, ...]], ...]
    remedy: str

    def find(self) -> InstalledProgram:
        """The first on PATH that is new enough, else beside the running Python or in the system.

        Raises
        ------
        PezoError
            Where there is none: which there are, where, and which version is needed.
        """
        rejected = []
        for path in places(*self.names):
            version = self.version_of(path)
            if version is not None and self.is_new_enough(path):
                return InstalledProgram(path=path, version=version)
            rejected.append(f"{path} ({version or 'says no version'})")
        found = f"found: {', '.join(rejected)}" if rejected else "none is on PATH"
        raise PezoError(f"{self.requirement} is needed; {found}; {self.remedy}")

    def version_of(self, path: Path) -> str | None:
        """The version that a program says; None where it says none."""
        return next((version for version, _ in self._answers(path)), None)

    def is_new_enough(self, path: Path, oldest: tuple[int, ...] = ()) -> bool:
        """Whether it is as new as is needed, and not older than ``oldest`` either."""
        return any(numbers(version) >= max(least, oldest) for version, least in self._answers(path))

    def _answers(self, path: Path) -> list[tuple[str, tuple[int, ...]]]:
        answer = output_of(path, self.version_option)
        matches = ((re.search(pattern, answer), least) for pattern, least in self.versions)
        return [(match[1], least) for match, least in matches if match]


COMPILER = Program(
    requirement="a C++17 compiler (GCC 9, Clang 10 or newer)",
    names=("c++", "g++", "clang++"),
    versions=(
        (r"\A\S+ \([^\n]*\) (\d+(?:\.\d+)*)", (9,)),
        (r"clang version (\d+(?:\.\d+)*)", (10,)),
    ),
    remedy="Debian: apt install g++",
)
ICARUS = Program(
    requirement="iverilog 11 or newer",
    names=("iverilog",),
    version_option="-V",
    versions=((r"Icarus Verilog version (\d+(?:\.\d+)*)", (11,)),),
    remedy="Debian: apt install iverilog",
)

# Later ones have other commands for a pin's activity, and take it in another unit.
OPENSTA = Program(
    requirement="OpenSTA 2.0",
    names=("sta",),
    version_option="-version",
    versions=((r"\A(2\.0\.\d+)", (2, 0)),),
    remedy="Debian: apt install opensta",
)


def places(*names: str) -> Iterator[Path]:
    """Every program of these names, in the order in which they are to be tried.

    PATH comes first; a program beside the running Python is found without an activated
    environment, and the system's also where PATH is spoilt.
    """
    folders = os.environ.get("PATH", "").split(os.pathsep)
    folders += [str(Path(sys.executable).parent), *SYSTEM_FOLDERS]
    seen = set()
    for folder in dict.fromkeys(str(Path(entry).absolute()) for entry in folders if entry):
        for name in names:
            found = shutil.which(name, path=folder)
            if found is not None and (real := Path(found).resolve()) not in seen:
                seen.add(real)
                yield Path(found)


def output_of(program: Path, *arguments: str) -> str:
    """What a program prints, on either stream; nothing where it cannot be run or fails."""
    try:
        result = run([str(program), *arguments])
    except OSError:
        return ""
    return "" if result.returncode else result.stdout + result.stderr


def numbers(version: str) -> tuple[int, ...]:
    """``5.006`` as (5, 6)."""
    return tuple(int(part) for part in re.findall(r"\d+", version))
