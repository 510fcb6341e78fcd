"""Results of runs in a file to which lines are added: what is written is whole, and stays."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from math import isfinite
from pathlib import Path
from typing import Any

from ...errors import PezoError


@dataclass(frozen=True, kw_only=True)
class RunKey:
    """What makes a run the run that it is.

    Attributes
    ----------
    task, k, source, seed, rate, steps, batch, epsilon
        As of `LanguageParameters`.
    """

    task: str
    k: int
    source: str
    seed: int
    rate: float
    steps: int
    batch: int
    epsilon: float


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What came of it; a loss that is not finite is infinite.

    Attributes
    ----------
    test_accuracy, validation_accuracy : float
        Shares, 0 to 1.
    test_loss, validation_loss, training_loss : float
        Mean cross-entropies in nats, of the weights at the end.
    device : str
        Where it ran.
    """

    test_accuracy: float
    test_loss: float
    validation_accuracy: float
    validation_loss: float
    training_loss: float
    device: str


class Records:
    """A file of JSON lines, one for each run.

    A line that was cut short, as by a machine that went away, is at the end; it is dropped, and
    its run is done again.

    Parameters
    ----------
    path : Path
        Read if it is there.

    Raises
    ------
    PezoError
        For a line that is no record, or a file that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._results: dict[RunKey, RunResult] = {}
        text = self._text()
        self._whole = text[: text.rfind("\n") + 1]
        for number, line in enumerate(self._whole.splitlines(), 1):
            key, result = _parsed(path, number, line)
            self._results[key] = result

    def __contains__(self, key: RunKey) -> bool:
        return key in self._results

    def __getitem__(self, key: RunKey) -> RunResult:
        return self._results[key]

    @property
    def keys(self) -> list[RunKey]:
        """Of all runs, in the order in which they ended."""
        return list(self._results)

    def add(self, results: Iterable[tuple[RunKey, RunResult]]) -> None:
        """Write them to the file, and down to the disk."""
        pairs = list(results)
        text = "".join(_line(key, result) for key, result in pairs)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("r+b" if self._path.exists() else "xb") as file:
                file.seek(len(self._whole.encode()))
                file.truncate()
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise PezoError(f"{self._path}: cannot be written ({error.strerror})") from None
        self._whole += text
        self._results.update(pairs)

    def _text(self) -> str:
        try:
            return self._path.read_text("utf-8") if self._path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise PezoError(f"{self._path}: cannot be read ({error})") from None


def _line(key: RunKey, result: RunResult) -> str:
    content = {
        name: None if isinstance(value, float) and not isfinite(value) else value
        for name, value in (asdict(key) | asdict(result)).items()
    }
    return json.dumps(content, allow_nan=False) + "\n"


def _parsed(path: Path, number: int, line: str) -> tuple[RunKey, RunResult]:
    try:
        content: dict[str, Any] = json.loads(line)
        finite: dict[str, Any] = {
            name: float("inf") if value is None else value for name, value in content.items()
        }
        key = RunKey(**{field.name: finite.pop(field.name) for field in fields(RunKey)})
        return key, RunResult(**finite)
    except (ValueError, TypeError, KeyError, AttributeError):
        allowed = "a record of pezo train --model minilm"
        raise PezoError(f"{path}: line {number} is not allowed; allowed: {allowed}") from None
