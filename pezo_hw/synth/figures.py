"""Recorded figures: a guard against cores that grow unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .batch import NOTHING, keyed_rows
from .cache import NO_CACHE, Cache
from .layers import LAYER_ROWS
from .record import Entry, Record
from .resources import Resources
from .rows import OWN_ROWS, PAPER_ROWS, Row
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
    def is_improvement(self) -> bool:
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
    *,
    cache: Cache = NO_CACHE,
    known: Mapping[str, Resources] = NOTHING,
    guarded: Sequence[tuple[Row, str]] = GUARDED,
    on_row: Callable[[], None] = lambda: None,
) -> Record:
    """What every guarded configuration takes; the parameters are those of `keyed_rows`."""
    measured = keyed_rows(guarded, cache=cache, known=known, on_row=on_row)
    return Record(
        entries={
            (target, row.name): Entry(key=key, resources=measurement.resources)
            for (row, target), (key, measurement) in zip(guarded, measured, strict=True)
        }
    )


def figures_of(record: Record) -> Figures:
    """The figures that are compared, of every core of a record."""
    figures: Figures = {}
    for (target, name), entry in record.entries.items():
        figures.setdefault(target, {})[name] = _figures(entry.resources)
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


def _figures(used: Resources) -> dict[str, float]:
    return {
        "lut": used.lut,
        "lut_sites": used.lut_sites,
        "ff": used.ff,
        "bram": used.bram,
        "carry": used.carry,
        "dsp": used.dsp,
        "levels": used.path.levels,
    }


def _flat(figures: Figures) -> dict[tuple[str, str, str], float]:
    return {
        (target, name, figure): number
        for target, names in figures.items()
        for name, numbers in names.items()
        for figure, number in numbers.items()
    }
