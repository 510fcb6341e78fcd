"""Several ways of doing the same amount of work, in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

Rate = Callable[[], float]


def timed(work: Callable[[], object], amount: float) -> Rate:
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
