"""One figure beside the one that it is compared with, and the rounds in which both are taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..config import preset_names

# What the others are to replace: nobody asks it to be fast.
_REPLACED = "mezo"


def measured_presets() -> list[str]:
    """The presets of which speed is asked: all but the generator that they replace."""
    return [name for name in preset_names() if name != _REPLACED]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What we reach, what the other reaches, and how often the one is as good as the other.

    Attributes
    ----------
    measure : str
        What was measured, against what.
    preset : str
        Of which configuration.
    ours, theirs : float
        Both in ``unit``; for an absolute limit, theirs is the limit.
    unit : str
        Rates end in "/s", and more is better; of anything else less is.
    at_least : float or None
        The ratio to be reached, where there is one.
    """

    measure: str
    preset: str
    ours: float
    theirs: float
    unit: str
    at_least: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as good ours is."""
        more_is_better = self.unit.endswith("/s")
        return self.ours / self.theirs if more_is_better else self.theirs / self.ours

    @property
    def is_reached(self) -> bool:
        """Whether the ratio is what it should be; true where nothing is asked of it."""
        return self.at_least is None or self.ratio >= self.at_least

    def as_dict(self) -> dict[str, object]:
        """Plain numbers, fit for JSON; ``at_least`` is None where nothing is asked."""
        return {
            "measure": self.measure,
            "preset": self.preset,
            "ratio": self.ratio,
            "ours": self.ours,
            "theirs": self.theirs,
            "unit": self.unit,
            "at_least": self.at_least,
        }


Rate = Callable[[], float]


def rate_of(work: Callable[[], object], amount: float) -> Rate:
    """A function that does the work once and gives the amount done in a second."""

    def rate() -> float:
        start = time.perf_counter()
        work()
        return amount / (time.perf_counter() - start)

    return rate


def medians(
    participants: Mapping[str, Rate], rounds: int, on_round: Callable[[], None]
) -> dict[str, float]:
    """The median rate of each participant over several rounds.

    In every round each has one turn, so that whatever else the machine does in the meantime meets
    all of them. A round before the first makes tables and touches memory, and does not count.
    """
    rates: dict[str, list[float]] = {name: [] for name in participants}
    for number in range(rounds + 1):
        for name, rate in participants.items():
            found = rate()
            if number:
                rates[name].append(found)
        on_round()
    return {name: statistics.median(found) for name, found in rates.items()}
