"""Results of runs in a file to which lines are added: what is written is whole, and stays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ...errors import PezoError
from ...tools.json_lines import JsonLines
from ..experiment.results import finite


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

    A run whose line was cut short is done again.

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
        self._file = JsonLines(path)
        numbered = enumerate(self._file.lines, 1)
        self._results = dict(_parsed(path, number, line) for number, line in numbered)

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
        self._file.add(finite(asdict(key) | asdict(result)) for key, result in pairs)
        self._results.update(pairs)


def _parsed(path: Path, number: int, line: str) -> tuple[RunKey, RunResult]:
    try:
        content: dict[str, Any] = json.loads(line)
        values: dict[str, Any] = {
            name: float("inf") if value is None else value for name, value in content.items()
        }
        key = RunKey(**{field.name: values.pop(field.name) for field in fields(RunKey)})
        return key, RunResult(**values)
    except (ValueError, TypeError, KeyError, AttributeError):
        allowed = "a record of pezo train --model minilm"
        raise PezoError(f"{path}: line {number} is not allowed; allowed: {allowed}") from None
