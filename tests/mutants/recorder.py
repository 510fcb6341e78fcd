"""Which lines of the package a test carries out; a plugin of pytest, in a copy of the checkout.

It lies in the copy's root, and the copy's package starts it first of all, so that processes that
tests start note their lines as well, whatever environment they have. It needs nothing but Python.

Noted is a line a context: a test, a test module (while it is collected, and while its fixtures are
made), or everything (what is imported meanwhile is there for every test). What a test has cached is
gone before the next one: it would not carry out the lines that it depends on.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parent
CHECKOUT, PACKAGE = f"{ROOT}{os.sep}", f"{ROOT / 'pezo_hw'}{os.sep}"
NOTES, CONTEXT = ROOT / ".notes", ROOT / ".context"
EVERYTHING, WHOLE_FILE = "*", 0
# Instead of a file: what a test takes of a CPU, and a test of the kind that is not run.
SECONDS, OTHER_KIND = "(seconds)", "(other kind)"
# Events a function and context. Where more lines are left then, all of them count as carried out.
_EVENTS = 200
# They read the package's files and make nothing of them that a test may see.
_IMPORTS, _REWRITES = "importlib._bootstrap_external", "_pytest/assertion/rewrite.py"
_HYPOTHESIS = "hypothesis/internal/"
_CALLERS = 8


class _Lines:
    """Of one function in one context: those that were not carried out yet."""

    def __init__(self, code: CodeType) -> None:
        self.code = code  # kept, so that its address stays its own
        self.file = os.path.relpath(code.co_filename, ROOT)
        self.left = {line for _, _, line in code.co_lines() if line}
        self.events = _EVENTS

    def note(self, *lines: int) -> None:
        """These were carried out."""
        for line in self.left.intersection(lines):
            recorder.write(self.file, line)
        self.left.difference_update(lines)


class Recorder:
    """What was noted in each context.

    Attributes
    ----------
    context : str
        The one of what is carried out now.
    collected : str
        The test module that is imported at present, whose own lines make nothing for others.
    """

    def __init__(self) -> None:
        self._contexts: dict[str, dict[int, _Lines]] = {}
        self._others: set[str] = set()  # files of the libraries
        self._imports = 0
        self.collected = ""
        self.set(EVERYTHING)

    def start(self) -> None:
        """Note what this process carries out, until it ends."""
        self._file = os.open(NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        if CONTEXT.exists():
            self.set(CONTEXT.read_text())
        sys.addaudithook(self.heard)
        self.trace()
        # At its end nothing is left of this module when the last functions are called.
        atexit.register(sys.settrace, None)

    def set(self, context: str) -> None:
        """What is carried out from now on, in this process, belongs to this."""
        self.context = context
        self._seen = self._contexts.setdefault(context, {})

    def write(self, file: str, line: float, context: str = "") -> None:
        """At once: a process may be ended at any time."""
        context = context or (EVERYTHING if self._imports else self.context)
        os.write(self._file, f"{context}\t{file}\t{line}\n".encode())

    def called(self, frame: FrameType, event: str, _: object) -> Any:
        """The trace function: whether the lines of this function are of interest."""
        code = frame.f_code
        if code.co_filename in self._others:
            return None
        if not code.co_filename.startswith(CHECKOUT):
            self._others.add(code.co_filename)
            return None
        if code.co_name == "<module>":
            return self._imported if self._is_shared(code.co_filename) else None
        is_ours = code.co_filename.startswith(PACKAGE)
        return self._line if is_ours and self._lines_of(code).left else None

    def _is_shared(self, file: str) -> bool:
        """Whether other test modules may have what a module makes when it is imported."""
        shared = file != self.collected
        self._imports += shared
        return shared

    def _imported(self, frame: FrameType, event: str, _: object) -> Any:
        self._imports -= event == "return"
        return self._imported

    def _lines_of(self, code: CodeType) -> _Lines:
        seen = self._contexts.setdefault(EVERYTHING, {}) if self._imports else self._seen
        lines = seen.get(id(code))
        if lines is None:
            lines = seen[id(code)] = _Lines(code)
            lines.note(code.co_firstlineno)
        return lines

    def _line(self, frame: FrameType, event: str, _: object) -> Any:
        lines = self._lines_of(frame.f_code)
        if event != "line":
            return self._line
        lines.events -= 1
        lines.note(*(lines.left if lines.events <= 0 else (frame.f_lineno,)))
        if lines.left:
            return self._line
        frame.f_trace = None
        return None

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook: a file of the package that is read may be copied, and carried out."""
        file = str(arguments[0]) if event == "open" else ""
        if file.startswith(PACKAGE) and file.endswith(".py"):
            callers = _callers()
            is_import = _IMPORTS in callers[0] or any(_REWRITES in caller for caller in callers[:3])
            if not is_import and not any(_HYPOTHESIS in caller for caller in callers):
                self.write(os.path.relpath(file, ROOT), WHOLE_FILE)

    def trace(self) -> None:
        """From now on, in this thread and those that will be started; nothing is imported now."""
        self._imports = 0
        threading.settrace(self.called)
        sys.settrace(self.called)


def _callers() -> list[str]:
    """The files of the functions that called for what is heard, the nearest first."""
    frame: FrameType | None = sys._getframe(2)
    files: list[str] = []
    while frame is not None and len(files) < _CALLERS:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    return files


recorder = Recorder()
