"""Runs of the comparison as they are kept: what makes one the run that it is, and where it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ... import checks
from ...errors import ConfigError
from ..experiment.parameters import MOST_BATCH, MOST_STEPS
from ..kept_runs import KeptRuns
from .learner import Outcome
from .parameters import VARIANTS, Settings

_ALLOWED = "a run as pezo elastic writes it"


@dataclass(frozen=True, kw_only=True)
class RunKey:
    """What makes a run the run that it is.

    Attributes
    ----------
    variant : str
        A name of `VARIANTS`.
    settings : dict
        The point of its grid.
    seed, steps, batch
        As of `run`.
    source, data : str
        Fingerprints of the source's numbers, and of what is learnt.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    variant: str
    settings: Settings = field(hash=False)
    seed: int
    steps: int
    batch: int
    source: str
    data: str

    def __post_init__(self) -> None:
        checks.choice("variant", self.variant, tuple(VARIANTS))
        if not isinstance(self.settings, dict):
            raise ConfigError("settings", self.settings, "numbers by their names")
        for name, value in self.settings.items():
            checks.real(name, value)
        checks.integer("seed", self.seed, 0)
        checks.integer("steps", self.steps, 1, MOST_STEPS)
        checks.integer("batch", self.batch, 1, MOST_BATCH)
        for name in ("source", "data"):
            checks.text(name, getattr(self, name))


class Records(KeptRuns[RunKey, Outcome]):
    """The runs of one or more comparisons.

    Parameters
    ----------
    path : Path
        Read if it is there.

    Raises
    ------
    PezoError
        For a line that is no run, or a file that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, RunKey, Outcome.read, _ALLOWED)
