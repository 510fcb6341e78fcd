"""What an experiment asks for: its settings, and packages beyond this one's dependencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from ... import checks
from ...errors import ConfigError
from ...tools.extras import require
from ..parameters import ZOSGDParameters

MODELS = ("mlp", "attention")
TUNING_SEEDS = range(2)
# What no experiment needs, and nobody waits for.
MOST_SEEDS, MOST_STEPS, MOST_BATCH = 10_000, 10_000_000, 1 << 16
PACKAGES = {"torch": "torch", "sklearn": "scikit-learn", "matplotlib": "matplotlib"}


@dataclass(frozen=True, kw_only=True)
class ExperimentParameters:
    """Which model is fine-tuned, how long, with which sources, and the grid they share.

    Parameters
    ----------
    model : str
        ``"mlp"`` or ``"attention"``.
    sources : sequence of str
        Names for `find_source`. The first is the reference: its best point of the grid is the
        common setting of all.
    seeds : int
        Runs of each source, 1 to 10,000; each has a pre-trained model, batches and a starting
        position of its own.
    steps : int
        Steps of a run, 1 to 10,000,000; the learning rate falls linearly over them.
    batch : int
        Images a step, 1 to 65,536.
    learning_rates, epsilons : sequence of float
        The grid. It reaches down to what unscaled 8-bit integers can take.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    model: str = "mlp"
    sources: Sequence[str]
    seeds: int = 5
    steps: int = 2000
    batch: int = 64
    learning_rates: Sequence[float] = (1e-6, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2)
    epsilons: Sequence[float] = (1e-3, 1e-2)

    def __post_init__(self) -> None:
        checks.choice("model", self.model, MODELS)
        check_sizes(self, seeds=MOST_SEEDS, steps=MOST_STEPS, batch=MOST_BATCH)
        if not self.sources or len(set(self.sources)) < len(self.sources):
            raise ConfigError("sources", ",".join(self.sources), "one or more different names")
        if not self.grid:
            raise ConfigError("learning_rates", self.learning_rates, "one or more, of epsilons too")

    @property
    def grid(self) -> list[ZOSGDParameters]:
        """Every setting that each source is tried at."""
        return [
            ZOSGDParameters(
                learning_rate=eta,
                epsilon=eps,
                schedule="linear",
                steps=self.steps,
                exact_restore=False,  # MeZO's way for every source, so that only z differs
            )
            for eta, eps in product(self.learning_rates, self.epsilons)
        ]

    @property
    def test_seeds(self) -> range:
        """The seeds that the tables are about; none of them has been tuned for."""
        first = TUNING_SEEDS.stop
        return range(first, first + self.seeds)

    @property
    def runs(self) -> int:
        """The runs of the whole experiment: the grid, then twice the seeds, for each source."""
        return len(self.sources) * (len(self.grid) * len(TUNING_SEEDS) + 2 * self.seeds)


def check_sizes(parameters: object, **most: int) -> None:
    """Checks that some attributes are integers, each from 1 to its bound, or raises ConfigError."""
    for key, bound in most.items():
        checks.integer(key, getattr(parameters, key), 1, bound)


def require_extras() -> None:
    """Checks that the extra ``train`` is installed, without importing any of it.

    Raises
    ------
    PezoError
        Naming what is not.
    """
    require("pezo train needs", PACKAGES, extra="train", names=PACKAGES)
