"""Runs of a study as they are kept: what makes one the run that it is, and what came of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import checks
from ...errors import PezoError
from ...text import printable
from ..kept_runs import KeptRuns

_ALLOWED = "a record of pezo train with a --task of texts"


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
            checks.text(name, getattr(self, name))
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
            checks.text(name, found[name])
        return cls(**found)


class Records(KeptRuns[RunKey, RunResult]):
    """The runs of one or more studies.

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
        super().__init__(path, RunKey, RunResult.read, _ALLOWED)
        self._path = path

    def require_texts(self, task: str, digest: str) -> None:
        """Checks that all runs of a task are of the texts of that digest.

        Raises
        ------
        PezoError
            Where one is not: nothing that it found would be true of these.
        """
        for key in self.keys:
            texts = self[key].texts
            if key.task == task and texts != digest:
                raise PezoError(
                    f"{self._path} holds runs of other texts of {task} ({printable(texts)}, "
                    f"not {digest}); allowed: a folder without them"
                )
