"""Runs of the experiment as they are kept: what makes one the run that it is, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ... import checks
from ..kept_runs import KeptRuns
from ..parameters import LARGEST, SMALLEST
from .parameters import MODELS, MOST_BATCH, MOST_STEPS
from .results import Run

# Of the digits, what a score may be about (`Digits`).
PARTS = ("validation", "test")
_ALLOWED = "a record of pezo train --task digits"


@dataclass(frozen=True, kw_only=True)
class RunKey:
    """What makes a run the run that it is.

    Attributes
    ----------
    model, steps, batch
        As of `ExperimentParameters`.
    source : str
        The fingerprint of its numbers: a config file may be moved, and one that says something else
        is another source.
    learning_rate, epsilon : float
        The point of the grid.
    seed : int
        At least 0.
    part : str
        Of the digits, what the scores are about: one of `PARTS`.
    data, start : str
        Digests of the digits, and of the pre-trained weights: another version of a package may
        have others.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    model: str
    source: str
    learning_rate: float
    epsilon: float
    seed: int
    steps: int
    batch: int
    part: str
    data: str
    start: str

    def __post_init__(self) -> None:
        checks.choice("model", self.model, MODELS)
        checks.choice("part", self.part, PARTS)
        for name in ("source", "data", "start"):
            checks.text(name, getattr(self, name))
        for name in ("learning_rate", "epsilon"):
            checks.positive_real(name, getattr(self, name), SMALLEST, LARGEST)
        checks.integer("seed", self.seed, 0)
        checks.integer("steps", self.steps, 1, MOST_STEPS)
        checks.integer("batch", self.batch, 1, MOST_BATCH)


class Records(KeptRuns[RunKey, Run]):
    """The runs of one or more experiments.

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
        super().__init__(path, RunKey, Run.read, _ALLOWED)
