"""What the comparison found, as data and as rows of text for terminal and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any

from ...text import table_lines
from ...tools.plain_data import with_nulls
from ..experiment.results import mean_and_deviation
from .learner import Outcome
from .parameters import Settings, Variant

HEADINGS = ("variant", "settings", "accuracy, %", "loss", "over the control", "ms/step")
_REFERENCE = "control"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A variant at its best setting, over all seeds.

    Attributes
    ----------
    variant : Variant
        Which.
    settings : dict
        The best of its grid.
    outcomes : tuple of Outcome
        One for each seed, on the test part.
    """

    variant: Variant
    settings: Settings
    outcomes: tuple[Outcome, ...]

    @property
    def accuracies(self) -> list[float]:
        """Of each seed, in percent."""
        return [100 * outcome.score.accuracy for outcome in self.outcomes]

    @property
    def curve(self) -> list[float]:
        """The mean accuracy, in percent, at each point of the curves."""
        curves = zip(*(outcome.curve for outcome in self.outcomes), strict=True)
        return [100 * fmean(point) for point in curves]

    def as_dict(self) -> dict[str, Any]:
        """Everything, fit for JSON; what is not finite becomes None."""
        return {
            "variant": self.variant.name,
            "settings": self.settings,
            "outcomes": [with_nulls(asdict(outcome)) for outcome in self.outcomes],
        }


def cells(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """For each row its cells under `HEADINGS`."""
    return [_cells(row, _control_of(row, rows)) for row in rows]


def markdown(rows: Sequence[Row]) -> str:
    """The table."""
    return "".join(f"{line}\n" for line in table_lines(HEADINGS, cells(rows)))


def gain(row: Row, control: Row) -> tuple[float, float]:
    """Mean and deviation, over the seeds, of what a variant has over its control, in percent.

    The same seed has the same weights and batches in both, so that differences are taken seed by
    seed.
    """
    pairs = zip(row.accuracies, control.accuracies, strict=True)
    return mean_and_deviation([mine - others for mine, others in pairs])


def _control_of(row: Row, rows: Sequence[Row]) -> Row | None:
    """The control of the same head and arithmetic, where it is in the table."""
    if row.variant.method != "elastic":
        return None
    alike = (r for r in rows if r.variant.method == _REFERENCE)
    own = (row.variant.layers, row.variant.is_integer)
    return next((r for r in alike if (r.variant.layers, r.variant.is_integer) == own), None)


def _cells(row: Row, control: Row | None) -> tuple[str, ...]:
    accuracy, deviation = mean_and_deviation(row.accuracies)
    loss, of_loss = mean_and_deviation([outcome.score.loss for outcome in row.outcomes])
    over = "" if control is None else "{:+.1f} ± {:.1f}".format(*gain(row, control))
    return (
        row.variant.name,
        ", ".join(f"{name} {value:g}" for name, value in row.settings.items()),
        f"{accuracy:.1f} ± {deviation:.1f}",
        f"{loss:.2f} ± {of_loss:.2f}",
        over,
        f"{1000 * median(outcome.seconds for outcome in row.outcomes):.1f}",
    )
