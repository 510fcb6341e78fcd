"""Runs a script under tclsh, with stubs in place of Vivado's commands."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

STUBS = Path(__file__).with_name("vivado_stubs.tcl")


@dataclass
class Call:
    """A command that the script called, with its options and arguments in order."""

    command: str
    words: list[str]

    def option(self, name: str) -> str:
        return self.words[self.words.index(name) + 1]


@dataclass
class Run:
    """What became of a script."""

    status: int
    out: str
    err: str
    calls: list[Call]

    def all(self, command: str) -> list[Call]:
        return [call for call in self.calls if call.command == command]

    def one(self, command: str) -> Call:
        (call,) = self.all(command)
        return call


def run_script(
    script: Path, folder: Path, *arguments: object, left_out: str = "nothing", **stub: str
) -> Run:
    """From another working folder than that of the script; ``left_out`` the packager forgets.

    ``stub`` are variables that a stub reads, in upper case.
    """
    record = folder / "record"
    done = subprocess.run(
        ["tclsh", STUBS, record, script, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "LEFT_OUT": left_out, **stub},
        capture_output=True,
        text=True,
    )
    lines = [line.split("\x1f") for line in record.read_text("utf-8").splitlines()]
    calls = [Call(command, words) for command, *words in lines]
    return Run(done.returncode, done.stdout, done.stderr, calls)
