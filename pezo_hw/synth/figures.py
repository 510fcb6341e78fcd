"""Recorded figures: a guard against cores that grow unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .batch import measure_rows
from .cache import NO_CACHE, Cache
from .layers import LAYER_ROWS
from .measurement import Measurement
from .rows import OWN_ROWS, PAPER_ROWS
from .target import TARGETS

# By target, then by configuration, then by figure.
Figures = dict[str, dict[str, dict[str, float]]]

GUARDED = (
    *((row, target) for target in TARGETS for row in PAPER_ROWS),
    *((row, "xcup") for row in (*OWN_ROWS, *LAYER_ROWS)),
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure that is not what was recorded.

    Attributes
    ----------
    target, name, figure : str
        Whose figure, and which.
    recorded, measured : float or None
        Before and now; None where there is none.
    """

    target: str
    name: str
    figure: str
    recorded: float | None
    measured: float | None

    @property
    def is_wanted(self) -> bool:
        """Whether it may pass as it is: a figure that shrank."""
        known = self.recorded is not None and self.measured is not None
        return known and self.measured < self.recorded  # type: ignore[operator]

    @property
    def difference(self) -> str:
        """By how much, with sign, or what is missing."""
        if self.recorded is None:
            return "not recorded"
        if self.measured is None:
            return "no longer measured"
        return f"{self.measured - self.recorded:+g}"

    def __str__(self) -> str:
        before, now = (
            "–" if number is None else f"{number:g}" for number in (self.recorded, self.measured)
        )
        figure = f"{self.target} {self.name}: {self.figure}"
        return f"{figure} {before} → {now} ({self.difference})"


def measure_figures(
    *, cache: Cache = NO_CACHE, on_row: Callable[[], None] = lambda: None
) -> Figures:
    """The figures of every guarded configuration."""
    figures: Figures = {}
    measured = measure_rows(GUARDED, cache=cache, on_row=on_row)
    for (row, target), measurement in zip(GUARDED, measured, strict=True):
        figures.setdefault(target, {})[row.name] = _figures_of(measurement)
    return figures


def compare(recorded: Figures, measured: Figures) -> list[Change]:
    """Every figure that differs, in the order of the names."""
    before, now = _flat(recorded), _flat(measured)
    return [
        Change(
            target=target,
            name=name,
            figure=figure,
            recorded=before.get((target, name, figure)),
            measured=now.get((target, name, figure)),
        )
        for target, name, figure in sorted(before.keys() | now.keys())
        if before.get((target, name, figure)) != now.get((target, name, figure))
    ]


def _figures_of(measurement: Measurement) -> dict[str, float]:
    used = measurement.resources
    return {
        "lut": used.lut,
        "lut_sites": used.lut_sites,
        "ff": used.ff,
        "bram": used.bram,
        "carry": used.carry,
        "levels": used.path.levels,
    }


def _flat(figures: Figures) -> dict[tuple[str, str, str], float]:
    return {
        (target, name, figure): number
        for target, names in figures.items()
        for name, numbers in names.items()
        for figure, number in numbers.items()
    }
