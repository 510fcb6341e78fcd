"""Exceptions at chosen instructions of the package, raised by a tracing hook."""

from __future__ import annotations

import functools
import sys
import weakref
from collections.abc import Callable, Collection
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

import pezo_hw

PACKAGE = str(Path(pezo_hw.__file__).parent)


class Interruptions:
    """Raises KeyboardInterrupt before the k-th bytecode instruction run in the package.

    A hook that raises is taken off by the interpreter, which then lets go of the frame's own hook;
    a weak reference to that notices and puts the hooks back, so that the handlers of the first
    exception are traced as well.

    Parameters
    ----------
    at : collection of int
        Which instructions, counted from 1 over the whole run; none to only count them.
    folders : tuple of str
        Whose instructions count: the package's, unless others' do as well.

    Attributes
    ----------
    count : int
        Instructions run.
    raised : int
        Exceptions raised.
    """

    def __init__(self, at: Collection[int] = (), folders: tuple[str, ...] = (PACKAGE,)) -> None:
        self._at = frozenset(at)
        self._folders = folders
        self._references: list[weakref.ref[Any]] = []
        self._on = False
        self.count = 0
        self.raised = 0

    def run(self, work: Callable[[], object]) -> None:
        """Runs work, whose exceptions of this kind end here; the thread's modes are as before."""
        modes = _modes()
        self._on = True
        sys.settrace(self._on_call)
        try:
            work()
        except KeyboardInterrupt:
            pass
        finally:
            self._on = False
            sys.settrace(None)
        assert _modes() == modes

    def _on_call(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._hook(frame) if self._on and self._is_ours(frame) else None

    def _hook(self, frame: FrameType) -> Any:
        """A hook of a frame's own, with nothing else that holds it."""
        frame.f_trace_lines = False
        frame.f_trace_opcodes = True
        hook = functools.partial(_count, self)
        self._references.append(weakref.ref(hook, self._put_back))
        return hook

    def _put_back(self, reference: object) -> None:
        if not self._on or sys.gettrace() is not None or self.raised == len(self._at):
            return
        self._on = False  # to put a hook in the place of another lets go of that one
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if self._is_ours(frame):
                frame.f_trace = self._hook(frame)
            frame = frame.f_back
        self._on = True
        sys.settrace(self._on_call)

    def _is_ours(self, frame: FrameType) -> bool:
        return frame.f_code.co_filename.startswith(self._folders)

    def on_instruction(self) -> None:
        self.count += 1
        if self.count in self._at:
            self.raised += 1
            raise KeyboardInterrupt


def _count(interruptions: Interruptions, frame: FrameType, event: str, argument: object) -> Any:
    if event == "opcode" and interruptions._on:
        interruptions.on_instruction()
    return frame.f_trace


def _modes() -> dict[str, object]:
    """What a `with` changes for all that runs afterwards, if its end is skipped."""
    modes: dict[str, object] = {"errors": np.geterr()}
    if "torch" in sys.modules:
        import torch

        modes["gradients"] = torch.is_grad_enabled()
        modes["inference"] = torch.is_inference_mode_enabled()
    return modes
