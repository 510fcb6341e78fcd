"""The replay log of a run of Hugging Face's ``Trainer``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from ..errors import PezoError
from ..training import ZOSGD, begin_log, read_log, write_log
from .trainer import TrainerZOSGD, unwrapped


class ReplayLogCallback(TrainerCallback):
    """Keeps a log of every step and writes it at each checkpoint and at the end.

    A run that is resumed goes on in the log that is there, from the step at which it stands.

    Parameters
    ----------
    path : str or path
        Of the file, which `pezo_hw.training.read_log` reads.

    Attributes
    ----------
    said : str
        What the last writing said: steps, bytes, and bytes a step.

    Raises
    ------
    PezoError
        At the beginning, for a resumed run whose log is not there or is of another run.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self.said = ""

    def on_train_begin(
        self, args: Any, state: Any, control: Any, optimizer: Any = None, **kwargs: Any
    ) -> None:
        """Begins the log, or goes on in it."""
        core = _core_of(optimizer)
        if core.steps_done == 0:
            begin_log(core)
            return
        log = read_log(self._path)
        log.steps_until(core.steps_done)
        log.require_source(core.source)
        core.log = log

    def on_save(
        self, args: Any, state: Any, control: Any, optimizer: Any = None, **kwargs: Any
    ) -> None:
        """Writes it."""
        self.said = write_log(self._path, _core_of(optimizer))

    def on_train_end(
        self, args: Any, state: Any, control: Any, optimizer: Any = None, **kwargs: Any
    ) -> None:
        """Writes it."""
        self.said = write_log(self._path, _core_of(optimizer))


def _core_of(optimizer: Any) -> ZOSGD:
    found = unwrapped(optimizer)
    if not isinstance(found, TrainerZOSGD):
        raise PezoError("a Trainer without ZOTrainerMixin is not allowed; allowed: one with it")
    return found.core
