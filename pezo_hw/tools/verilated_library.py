"""Verilator's own library as objects, compiled once and kept.

It is the larger part of what a simulation is compiled of, and always the same for one Verilator,
one compiler and the same options.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from ..errors import PezoError
from .files import replacing
from .folders import kept_folder, temporary_folder
from .processes import run_checked, side_by_side
from .toolchain import InstalledProgram

_FORM = "1"
_OPTIONS = ("-std=gnu++17", "-pthread")
_OPTIMISED = "-Os"


@dataclass(frozen=True, kw_only=True)
class VerilatedLibrary:
    """What simulations of a Verilator have in common.

    An object is named after its content. So one that is damaged or half-written is known and as
    good as none, and processes that make the same one at the same time do not disturb each other.

    Attributes
    ----------
    root : Path
        Verilator's folder.
    compiler : InstalledProgram
        The C++ compiler.
    macros : tuple of str
        What is defined for library and model alike, ``NAME=VALUE``.
    """

    root: Path
    compiler: InstalledProgram
    macros: tuple[str, ...]

    @property
    def options(self) -> list[str]:
        """The compiler's for whatever uses the library, but for how it optimises."""
        include = self.root / "include"
        headers = (f"-I{include}", f"-I{include / 'vltstd'}")
        return [*_OPTIONS, *headers, *(f"-D{macro}" for macro in self.macros)]

    def objects(
        self, sources: Sequence[str], on_object: Callable[[], None] = lambda: None
    ) -> dict[str, bytes]:
        """The object of each of the library's sources, by the name of the object.

        Raises
        ------
        PezoError
            With the compiler's words, where it fails.
        """
        tasks = (partial(self._object, source, on_object) for source in sources)
        names = (f"{Path(source).stem}.o" for source in sources)
        return dict(zip(names, side_by_side(tasks), strict=True))

    def compile(self, arguments: Sequence[str], folder: Path) -> None:
        """Runs the compiler in a folder, to link as well.

        Raises
        ------
        PezoError
            With its words, where it fails.
        """
        run_checked([str(self.compiler.path), *arguments], folder, name="the C++ compiler")

    def _object(self, source: str, on_object: Callable[[], None]) -> bytes:
        stem = Path(source).stem
        found = _intact(sorted(self._folder.glob(f"{stem}-*.o")))
        content = self._object_of(source) if found is None else found
        if found is None:
            self._keep(stem, content)
        on_object()
        return content

    @property
    def _folder(self) -> Path:
        compiler = (str(self.compiler.path.resolve()), self.compiler.version)
        parts = (_FORM, *compiler, _OPTIMISED)
        key = "\n".join((*parts, *_OPTIONS, *self.macros, _folder_digest(self.root / "include")))
        return kept_folder() / "verilated" / hashlib.sha256(key.encode()).hexdigest()[:32]

    def _object_of(self, source: str) -> bytes:
        with temporary_folder() as folder:
            place = str(self.root / "include" / source)
            self.compile([_OPTIMISED, *self.options, "-c", place, "-o", "object.o"], folder)
            return (folder / "object.o").read_bytes()

    def _keep(self, stem: str, content: bytes) -> None:
        path = self._folder / f"{stem}-{_digest(content)}.o"
        try:
            with replacing(path) as temporary:
                temporary.write_bytes(content)
        except PezoError:
            return


def _intact(paths: Iterable[Path]) -> bytes | None:
    """The first of the files that is what its name says."""
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if path.stem.rpartition("-")[2] == _digest(content):
            return content
    return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _folder_digest(folder: Path) -> str:
    """A digest of every file of a folder, with its name."""
    digest = hashlib.sha256()
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(parent) / name
            digest.update(f"{path.relative_to(folder)}\n{_digest(path.read_bytes())}\n".encode())
    return digest.hexdigest()
