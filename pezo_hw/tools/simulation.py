"""A program of Verilog: verilated, compiled, linked.

No make, Python or Perl takes part, and every file of the build has a relative name. So it may lie
in a folder of any name, and nothing has to be on PATH but a compiler.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..errors import PezoError
from .processes import side_by_side
from .toolchain import COMPILER
from .verilated_library import VerilatedLibrary
from .verilator import VerilatedModel, Verilator, find_verilator, macros

BUILD = "build"
# What a simulation with the procedural interface and no trace is made of.
USUAL = ("verilated.cpp", "verilated_dpi.cpp", "verilated_vpi.cpp", "verilated_threads.cpp")
# Small files are compiled as one, since most of it is the headers.
_LARGEST_BYTES = 1 << 19
# What runs once, at the start, has this ending. From some size on it is a constructor of thousands
# of lines, which takes a compiler many minutes to optimise, for nothing.
_RUN_ONCE = "__Slow.cpp"
_WORTH_APART_BYTES = 1 << 16
_ONCE = "once_"


def require_builder() -> None:
    """Checks that what a build needs is installed.

    Raises
    ------
    PezoError
        Naming what is missing or too old, and where it comes from.
    """
    find_verilator()
    COMPILER.find()


def prepare_library(on_object: Callable[[], None]) -> None:
    """Compiles what simulations under cocotb have in common, where it is not kept already.

    ``on_object`` is called after each object of `USUAL`.
    """
    root, compiler = find_verilator().root, COMPILER.find()
    library = VerilatedLibrary(root=root, compiler=compiler, macros=macros({}))
    library.objects(USUAL, on_object)


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What to build.

    Attributes
    ----------
    top : str
        The top module.
    sources : tuple of str
        The Verilog files, in the folder of the build.
    main : str
        C++ with the function ``main``, compiled as part of the model (class ``Vtop``).
    options : tuple of str
        Verilator's options.
    compiler_options : tuple of str
        The compiler's options for the model.
    linker_options : tuple of str
        The linker's options.
    """

    top: str
    sources: tuple[str, ...]
    main: str
    options: tuple[str, ...] = ()
    compiler_options: tuple[str, ...] = ("-Os",)
    linker_options: tuple[str, ...] = ()

    def build(self, folder: Path) -> Path:
        """The program's path, `BUILD`/<top> in the folder.

        Raises
        ------
        PezoError
            Where something is missing, or with the words of what fails, or where programs may not
            run in the folder.
        """
        verilator, compiler = find_verilator(), COMPILER.find()
        model = self._verilate(verilator, folder)
        library = VerilatedLibrary(root=verilator.root, compiler=compiler, macros=model.macros)
        build = folder / BUILD
        units = self._write_units(build, model.files)
        compiling = [partial(self._compile, unit, library, build) for unit in units]
        for name, content in library.objects(model.library).items():
            (build / name).write_bytes(content)
        side_by_side(compiling)
        objects = [f"{Path(unit).stem}.o" for unit in (*units, *model.library)]
        command = ["-o", self.top, *objects, *self.linker_options, "-pthread"]
        library.compile(command, build)
        return _runnable(build / self.top)

    def _verilate(self, verilator: Verilator, folder: Path) -> VerilatedModel:
        arguments = ["--exe", *self.options, "--top-module", self.top, *self.sources]
        return verilator.verilate(arguments, folder, BUILD)

    def _write_units(self, build: Path, files: tuple[str, ...]) -> list[str]:
        """Files that include those of the model, the first of them with ``main``; their names."""
        once = [name for name in files if _is_worth_apart(build / name)]
        rest = [name for name in files if name not in once]
        units = {f"unit_{i}.cpp": group for i, group in enumerate(_groups(rest, build))}
        units |= {f"{_ONCE}{i}.cpp": group for i, group in enumerate(_groups(once, build))}
        for unit, group in units.items():
            text = "".join(f'#include "{name}"\n' for name in group)
            (build / unit).write_text(text + self.main * (unit == "unit_0.cpp"), "utf-8")
        return list(units)

    def _compile(self, unit: str, library: VerilatedLibrary, build: Path) -> None:
        compiler_options = ("-O0",) if unit.startswith(_ONCE) else self.compiler_options
        library.compile([*library.options, *compiler_options, "-I.", "-c", unit], build)


def _is_worth_apart(file: Path) -> bool:
    return file.name.endswith(_RUN_ONCE) and file.stat().st_size > _WORTH_APART_BYTES


def _groups(files: Sequence[str], build: Path) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for name in files:
        own = (build / name).stat().st_size
        if group and size + own > _LARGEST_BYTES:
            yield group
            group, size = [], 0
        group.append(name)
        size += own
    if group:
        yield group


def _runnable(program: Path) -> Path:
    if not os.access(program, os.X_OK):
        remedy = "allowed: TMPDIR (or --work) in a file system that is not mounted noexec"
        raise PezoError(f"{program.parent}: no program may be run there; {remedy}")
    return program
