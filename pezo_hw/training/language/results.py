"""What runs found: for each source the rate that validation chose, and rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...text import in_markdown, table_lines
from ..experiment.results import mean_and_deviation
from .parameters import LanguageParameters
from .records import Records, RunResult
from .variants import BACKPROPAGATION, REFERENCE, ZERO_SHOT

HEADINGS = ("source", "rate η", "accuracy, %", "test loss", "training loss")

Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A source at one rate, over all seeds.

    Attributes
    ----------
    source : str
        Its name.
    rate : float
        Of the grid.
    results : tuple of RunResult
        One for each seed.
    """

    source: str
    rate: float
    results: tuple[RunResult, ...]

    @property
    def accuracy(self) -> tuple[float, float]:
        """On the test texts, in per cent: mean and deviation over the seeds."""
        return mean_and_deviation([100 * result.test_accuracy for result in self.results])

    def loss(self, part: str) -> tuple[float, float]:
        """Of ``"test"``, ``"validation"`` or ``"training"`` texts, in nats."""
        return mean_and_deviation([getattr(result, f"{part}_loss") for result in self.results])


def outcomes(parameters: LanguageParameters, records: Records) -> dict[str, list[Outcome]]:
    """Every source with all its rates; those are left out of which a run is missing."""
    found = {source: _of_source(parameters, records, source) for source in parameters.names}
    return {source: rates for source, rates in found.items() if rates}


def chosen(rates: Sequence[Outcome]) -> Outcome:
    """The rate of the least mean validation loss: it is what is trained, and smoother."""
    return min(rates, key=lambda outcome: outcome.loss("validation")[0])


def at_the_rate_of(reference: Outcome, rates: Sequence[Outcome]) -> Outcome:
    """A source where the reference is best; what has a grid of its own where it is best itself."""
    is_drawn = rates[0].source not in (ZERO_SHOT, BACKPROPAGATION)
    same = [outcome for outcome in rates if is_drawn and outcome.rate == reference.rate]
    return same[0] if same else chosen(rates)


def sections(
    found: dict[str, list[Outcome]],
) -> list[tuple[str, list[Outcome]]]:
    """Every source at its own best rate, and at that of the reference, where there is one."""
    own = [("each at its own best rate", [chosen(rates) for rates in found.values()])]
    if REFERENCE not in found:
        return own
    best = chosen(found[REFERENCE])
    common = [at_the_rate_of(best, rates) for rates in found.values()]
    return [*own, (f"at the best rate of {REFERENCE}", common)]


def row(outcome: Outcome) -> Row:
    """Its cells under `HEADINGS`."""
    losses = (cell(outcome.loss(part), 2) for part in ("test", "training"))
    return (outcome.source, f"{outcome.rate:g}", cell(outcome.accuracy, 1), *losses)


def cell(pair: tuple[float, float], digits: int) -> str:
    """Mean ± deviation, or the sign of infinity."""
    mean, deviation = pair
    return f"{mean:.{digits}f} ± {deviation:.{digits}f}" if mean < 1e4 else "∞"


def markdown(found: dict[str, list[Outcome]]) -> str:
    """A table for each section."""
    lines = []
    for title, listed in sections(found):
        lines += [f"**{title}**", "", *table_lines(HEADINGS, map(_marked, listed)), ""]
    return "".join(f"{line}\n" for line in lines[:-1])


def _marked(outcome: Outcome) -> Row:
    name, *cells = row(outcome)
    return (in_markdown(name), *cells)


def _of_source(parameters: LanguageParameters, records: Records, source: str) -> list[Outcome]:
    by_rate = [
        (rate, [parameters.key(source, seed, rate) for seed in range(parameters.seeds)])
        for rate in parameters.rates_for(source)
    ]
    if not all(key in records for _, keys in by_rate for key in keys):
        return []
    return [
        Outcome(source=source, rate=rate, results=tuple(records[key] for key in keys))
        for rate, keys in by_rate
    ]
