"""What the experiment found."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import fmean, median, stdev
from typing import Any

from ..parameters import ZOSGDParameters
from .parameters import ExperimentParameters


@dataclass(frozen=True, kw_only=True)
class Score:
    """Of one model on one part of the data.

    Attributes
    ----------
    accuracy : float
        The share that is classified rightly, 0 to 1.
    loss : float
        Mean cross-entropy in nats; may be infinite or not a number.
    """

    accuracy: float
    loss: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """One fine-tuning.

    Attributes
    ----------
    score : Score
        Afterwards.
    curve : tuple of float
        Accuracy at the start and at equally many steps from there on, the last at the end.
    steps_per_second : float
        Of the training alone.
    """

    score: Score
    curve: tuple[float, ...]
    steps_per_second: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A source at one setting, over all seeds.

    Attributes
    ----------
    source : str
        Its name.
    settings : ZOSGDParameters
        The point of the grid.
    runs : tuple of Run
        One for each seed, on the test part.
    """

    source: str
    settings: ZOSGDParameters
    runs: tuple[Run, ...]

    @property
    def steps_per_second(self) -> float:
        """The median over the seeds."""
        return median(run.steps_per_second for run in self.runs)

    @property
    def curve(self) -> list[float]:
        """The mean accuracy at each point of the curves."""
        return [fmean(point) for point in zip(*(run.curve for run in self.runs), strict=True)]

    @property
    def worsened(self) -> int:
        """Seeds that ended less accurate than they were before fine-tuning."""
        return sum(run.score.accuracy < run.curve[0] for run in self.runs)


@dataclass(frozen=True, kw_only=True)
class GridPoint:
    """A source at one point of the grid, on the validation part, a score for each tuning seed."""

    source: str
    settings: ZOSGDParameters
    scores: tuple[Score, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """The whole experiment.

    Attributes
    ----------
    parameters : ExperimentParameters
        What was asked.
    before : tuple of Score
        On the test part before fine-tuning, one for each seed.
    grid : tuple of GridPoint
        Every point tried.
    common : tuple of Outcome
        Every source at the setting that is best for the first.
    tuned : tuple of Outcome
        Every source at the setting that is best for itself.
    """

    parameters: ExperimentParameters
    before: tuple[Score, ...]
    grid: tuple[GridPoint, ...]
    common: tuple[Outcome, ...]
    tuned: tuple[Outcome, ...]

    def as_dict(self) -> dict[str, Any]:
        """Everything, fit for JSON; what is not finite becomes None."""
        whole: dict[str, Any] = _finite(asdict(self))
        return whole


def mean_and_deviation(numbers: list[float]) -> tuple[float, float]:
    """The mean and the sample's standard deviation, which is 0 for a single number."""
    if not all(map(math.isfinite, numbers)):
        return math.inf, math.inf
    return fmean(numbers), stdev(numbers) if len(numbers) > 1 else 0.0


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
