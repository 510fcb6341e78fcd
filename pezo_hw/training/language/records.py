"""Results of runs in a file to which lines are added: what is written is whole, and stays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ... import checks
from ...errors import ConfigError, PezoError
from ...text import printable
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

    def __post_init__(self) -> None:
        for name in ("task", "source"):
            _text(name, getattr(self, name))
        for name in ("k", "seed", "steps", "batch"):
            checks.integer(name, getattr(self, name), 0)
        for name in ("rate", "epsilon"):
            checks.real(name, getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What came of it; a loss that is not finite is infinite.

    Attributes
    ----------
    test_accuracy, validation_accuracy : float
        Shares, 0 to 1.
    test_loss, validation_loss, training_loss : float
        Mean cross-entropies in nats, of the weights at the end.
    texts : str
        The digest of the task's texts.
    device : str
        Where it ran.
    """

    test_accuracy: float
    test_loss: float
    validation_accuracy: float
    validation_loss: float
    training_loss: float
    texts: str
    device: str

    @classmethod
    def read(cls, **found: Any) -> RunResult:
        """From a record, in which infinity is null; every value is looked at."""
        for name in ("test_loss", "validation_loss", "training_loss"):
            found[name] = math.inf if found[name] is None else checks.real(name, found[name])
        for name in ("test_accuracy", "validation_accuracy"):
            found[name] = checks.share(name, found[name])
        for name in ("texts", "device"):
            _text(name, found[name])
        return cls(**found)


def _text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ConfigError(name, value, "a text")


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
        self._path, self._file = path, JsonLines(path)
        self._results = dict(self._file.values(_record, "a record of pezo train --task"))

    def __contains__(self, key: RunKey) -> bool:
        return key in self._results

    def __getitem__(self, key: RunKey) -> RunResult:
        return self._results[key]

    @property
    def keys(self) -> list[RunKey]:
        """Of all runs, in the order in which they ended."""
        return list(self._results)

    def require_texts(self, task: str, digest: str) -> None:
        """Checks that all runs of a task are of the texts of that digest.

        Raises
        ------
        PezoError
            Where one is not: nothing that it found would be true of these.
        """
        for key, result in self._results.items():
            if key.task == task and result.texts != digest:
                raise PezoError(
                    f"{self._path} holds runs of other texts of {task} ({printable(result.texts)}, "
                    f"not {digest}); allowed: a folder without them"
                )

    def add(self, results: Iterable[tuple[RunKey, RunResult]]) -> None:
        """Write them to the file, and down to the disk."""
        pairs = list(results)
        self._file.add(finite(asdict(key) | asdict(result)) for key, result in pairs)
        self._results.update(pairs)


def _record(found: Mapping[str, Any]) -> tuple[RunKey, RunResult]:
    """A run and what came of it, with every value looked at."""
    names = {field.name for field in fields(RunKey)}
    key = RunKey(**{name: value for name, value in found.items() if name in names})
    result = RunResult.read(**{name: value for name, value in found.items() if name not in names})
    return key, result
