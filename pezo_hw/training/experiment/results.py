"""What the experiment found, as data and as rows of text for terminal and Markdown."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import fmean, median, stdev
from typing import Any

from ... import checks
from ...errors import ConfigError
from ...text import in_markdown, table_lines
from ...tools.plain_data import with_nulls
from ..parameters import ZOSGDParameters, at_least_zero
from .parameters import ExperimentParameters

# Of a curve, behind the one at the start.
POINTS = 20
HEADINGS = ("source", "rate η", "ε", "accuracy, %", "loss", "worse", "steps/s")

Row = tuple[str, ...]


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

    @classmethod
    def read(cls, *, accuracy: object, loss: object) -> Score:
        """From a record, in which what is not finite is null; every value is looked at."""
        number = math.nan if loss is None else checks.real("loss", loss)
        return cls(accuracy=checks.share("accuracy", accuracy), loss=number)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One fine-tuning.

    Attributes
    ----------
    score : Score
        Afterwards.
    curve : tuple of float
        Accuracy at the start and at `POINTS` more, equally many steps apart, the last at the end.
    steps_per_second : float
        Of the training alone.
    """

    score: Score
    curve: tuple[float, ...]
    steps_per_second: float

    @classmethod
    def read(cls, *, score: dict[str, Any], curve: object, steps_per_second: object) -> Run:
        """From a record; every value is looked at."""
        final, accuracies = Score.read(**score), checks.shares("curve", curve, 1 + POINTS)
        if accuracies[-1] != final.accuracy:
            raise ConfigError("curve", curve, f"a list that ends in {final.accuracy}")
        return cls(
            score=final,
            curve=accuracies,
            steps_per_second=at_least_zero("steps_per_second", steps_per_second),
        )


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
    def worse_runs(self) -> int:
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
    """The content experiment.

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
        content: dict[str, Any] = with_nulls(asdict(self))
        return content


def mean_and_deviation(numbers: list[float]) -> tuple[float, float]:
    """The mean and the sample's standard deviation, which is 0 for a single number."""
    if not all(map(math.isfinite, numbers)):
        return math.inf, math.inf
    return fmean(numbers), stdev(numbers) if len(numbers) > 1 else 0.0


def row_before(results: Results) -> Row:
    """The baseline: the models as back-propagation left them."""
    return ("before", "", "", *_scores(list(results.before)), "", "")


def rows(outcomes: tuple[Outcome, ...]) -> list[Row]:
    """A row for each source, its cells under `HEADINGS`."""
    return [_row(outcome) for outcome in outcomes]


def markdown(results: Results) -> str:
    """Two tables in one: every source at the common setting, and every source at its best."""
    lines = [row_before(results)]
    for title, outcomes in sections(results):
        lines += [(f"**{title}**", *[""] * (len(HEADINGS) - 1))]
        lines += [(in_markdown(name), *cells) for name, *cells in rows(outcomes)]
    return "".join(f"{line}\n" for line in table_lines(HEADINGS, lines))


def sections(results: Results) -> list[tuple[str, tuple[Outcome, ...]]]:
    """The outcomes with what they have in common."""
    first = results.common[0].source
    return [
        (f"at the best setting of {first}", results.common),
        ("each at its own best setting", results.tuned),
    ]


def _row(outcome: Outcome) -> Row:
    return (
        outcome.source,
        f"{outcome.settings.learning_rate:g}",
        f"{outcome.settings.epsilon:g}",
        *_scores([run.score for run in outcome.runs]),
        f"{outcome.worse_runs} of {len(outcome.runs)}",
        f"{outcome.steps_per_second:,.0f}",
    )


def _scores(scores: list[Score]) -> tuple[str, str]:
    """Accuracy and loss, mean ± standard deviation over the seeds."""
    accuracy, its_deviation = mean_and_deviation([100 * score.accuracy for score in scores])
    loss, deviation = mean_and_deviation([score.loss for score in scores])
    is_readable = loss < 1000
    its_loss = f"{loss:.2f} ± {deviation:.2f}" if is_readable else f"{loss:.0e}".replace("inf", "∞")
    return f"{accuracy:.1f} ± {its_deviation:.1f}", its_loss
