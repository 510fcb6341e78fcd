"""Runs kept in a file as they end, so that a comparison that was stopped goes on."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ...errors import PezoError
from ...tools.files import read_bounded
from ..experiment.results import Score, finite
from .learner import Outcome

Key = Mapping[str, Any]
_MOST_BYTES = 1 << 24


class Records:
    """What has been run, a line of JSON each: what it was, and what it came to.

    A run is known by its key; whoever asks for it again gets what is there. A last line without an
    end is what an interruption left of one, and does not count.

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
        self._path = path
        self._outcomes: dict[str, Outcome] = {}
        if path.exists():
            self._read()

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
            self._append(f"{json.dumps({'key': key, 'outcome': finite(asdict(outcome))})}\n")
            self._outcomes[name] = outcome
        return self._outcomes[name]

    def _read(self) -> None:
        text = read_bounded(self._path, _MOST_BYTES).decode("utf-8", "replace")
        complete, _, rest = text.rpartition("\n")
        for number, line in enumerate(complete.splitlines(), 1):
            try:
                found = json.loads(line)
                self._outcomes[_name(found["key"])] = _outcome(found["outcome"])
            except (ValueError, KeyError, TypeError):
                allowed = "a run as pezo elastic writes it; or another folder"
                raise PezoError(
                    f"{self._path}: line {number} is damaged; allowed: {allowed}"
                ) from None
        if rest:
            self._cut(len(text.encode()) - len(rest.encode()))

    def _cut(self, size: int) -> None:
        """Takes off what an interruption has left of a line, so that the next one is a line."""
        try:
            with self._path.open("rb+") as file:
                file.truncate(size)
        except OSError as error:
            raise _refused(self._path, error) from None

    def _append(self, line: str) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise _refused(self._path, error) from None


def _name(key: Key) -> str:
    return json.dumps(key, sort_keys=True)


def _outcome(found: Mapping[str, Any]) -> Outcome:
    loss = found["score"]["loss"]  # null where it was no number
    score = Score(
        accuracy=float(found["score"]["accuracy"]), loss=math.nan if loss is None else float(loss)
    )
    curve = tuple(map(float, found["curve"]))
    return Outcome(score=score, curve=curve, seconds=float(found["seconds"]))


def _refused(path: Path, error: OSError) -> PezoError:
    return PezoError(f"{path}: cannot be written ({error.strerror or error})")
