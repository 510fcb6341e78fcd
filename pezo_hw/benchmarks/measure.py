"""One figure beside the one that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass


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
