"""What an experiment with a language model asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ... import checks
from ...errors import ConfigError
from ...tools.extras import require
from ..experiment.parameters import MOST_BATCH, MOST_SEEDS, MOST_STEPS, check_sizes
from .records import RunKey
from .tasks import TASKS
from .variants import BACKPROPAGATION, STUDIES, ZERO_SHOT, recorded_name

MODELS = ("minilm",)
PACKAGES = {"torch": "torch", "transformers": "transformers", "matplotlib": "matplotlib"}


@dataclass(frozen=True, kw_only=True)
class LanguageParameters:
    """A task, how much of it is seen, and what is compared on it.

    Parameters
    ----------
    task : str
        ``"rt"``, ``"bbc"`` or ``"r8"``.
    k : int
        Texts of each class to learn, and as many to choose settings by; at least 1.
    study : str
        Which sources: a name of `STUDIES`.
    sources : sequence of str
        In their place, if any: names for `find_variant`, ``"zero-shot"`` and ``"bp"``.
    seeds : int
        Runs of each source at each rate, at least 1; each has texts, batches and a starting
        position of its own.
    steps, batch : int
        Steps of a run and texts a step, each at least 1.
    rates : sequence of float
        The grid, the same for all sources; the least mean validation loss decides. It reaches down
        to what unscaled 8-bit integers can take.
    rates_of_bp : sequence of float
        That of back-propagation, whose optimiser is another.
    epsilon : float
        Above 0.
    together : int
        Lines (a source with a seed, at all rates) that are trained at once, at least 1.
    device : str
        PyTorch's name of it.
    texts : Path or None
        Where the files of ``"r8"`` lie.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    task: str
    k: int = 16
    study: str = "sources"
    sources: Sequence[str] = ()
    seeds: int = 5
    steps: int = 500
    batch: int = 16
    rates: Sequence[float] = (2e-8, 5e-5, 1e-4, 2e-4, 5e-4)
    rates_of_bp: Sequence[float] = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3)
    epsilon: float = 1e-3
    together: int = 1
    device: str = "cpu"
    texts: Path | None = None

    def __post_init__(self) -> None:
        checks.choice("task", self.task, TASKS)
        checks.choice("study", self.study, tuple(STUDIES))
        check_sizes(
            self,
            k=MOST_BATCH,
            seeds=MOST_SEEDS,
            steps=MOST_STEPS,
            batch=MOST_BATCH,
            together=MOST_SEEDS,
        )
        for rate in (*self.rates, *self.rates_of_bp):
            checks.positive_real("rates", rate, 1e-12, 1.0)
        checks.positive_real("epsilon", self.epsilon, 1e-9, 1.0)
        if len(set(self.names)) < len(self.names):
            raise ConfigError("sources", ",".join(self.names), "different names")
        if not self.rates or not self.rates_of_bp:
            raise ConfigError("rates", list(self.rates), "one or more")

    @property
    def names(self) -> tuple[str, ...]:
        """All that is compared, in the order of the table."""
        return tuple(self.sources) or STUDIES[self.study]

    @cached_property
    def _recorded_names(self) -> dict[str, str]:
        """Looked up once: a file may change while runs last."""
        return {name: recorded_name(name) for name in self.names}

    def rates_for(self, source: str) -> tuple[float, ...]:
        """The grid of one of them; a model that is not trained has a rate of 0."""
        if source == ZERO_SHOT:
            return (0.0,)
        return tuple(self.rates_of_bp if source == BACKPROPAGATION else self.rates)

    def key(self, source: str, seed: int, rate: float) -> RunKey:
        """What a run of it goes by in records."""
        return RunKey(
            task=self.task,
            k=self.k,
            source=self._recorded_names[source],
            seed=seed,
            rate=rate,
            steps=0 if source == ZERO_SHOT else self.steps,
            batch=self.batch,
            epsilon=self.epsilon,
        )


def require_extras() -> None:
    """Checks that the extra ``lm`` is installed, without importing any of it.

    Raises
    ------
    PezoError
        Naming what is not.
    """
    require("pezo train --model minilm needs", PACKAGES, extra="lm", names=PACKAGES)
