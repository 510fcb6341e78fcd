"""Runs kept in a file as they end, so that a comparison that was stopped goes on."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ...checks import real, share
from ...tools.json_lines import JsonLines
from ..experiment.results import Score, finite
from .learner import Outcome

Key = Mapping[str, Any]

_ALLOWED = "a run as pezo elastic writes it; or another folder"


class Records:
    """What has been run, a line of JSON each: what it was, and what it came to.

    A run is known by its key; whoever asks for it again gets what is there.

    Parameters
    ----------
    path : Path
        Made at the first run that is kept.

    Raises
    ------
    PezoError
        Where the file cannot be read, or a line is no run.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonLines(path)
        self._outcomes = dict(self._file.values(_run, _ALLOWED))

    def get(self, key: Key, work: Callable[[], Outcome]) -> Outcome:
        """The run of a key, done now where it has not been.

        Raises
        ------
        PezoError
            Where it cannot be written down.
        """
        name = _name(key)
        if name not in self._outcomes:
            outcome = work()
            self._file.add([{"key": key, "outcome": finite(asdict(outcome))}])
            self._outcomes[name] = outcome
        return self._outcomes[name]


def _name(key: Key) -> str:
    return json.dumps(key, sort_keys=True)


def _run(found: Mapping[str, Any]) -> tuple[str, Outcome]:
    """The name of a run and what it came to, with every value looked at."""
    if not isinstance(found["key"], dict):
        raise TypeError("no key")
    return _name(found["key"]), _outcome(found["outcome"])


def _outcome(found: Mapping[str, Any]) -> Outcome:
    loss = found["score"]["loss"]  # null where it was no number
    accuracy = share("accuracy", found["score"]["accuracy"])
    score = Score(accuracy=accuracy, loss=math.nan if loss is None else real("loss", loss))
    curve = tuple(share("curve", point) for point in found["curve"])
    return Outcome(score=score, curve=curve, seconds=real("seconds", found["seconds"]))
