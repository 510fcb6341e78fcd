"""The comparison: every variant at its own best setting, over the same seeds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from threadpoolctl import threadpool_limits

from ...config import Config
from ...errors import ConfigError
from ..kept_runs import FILE
from ..source import fingerprint_of
from ..sources import find_source
from ..stream_source import StreamSource
from .fashion import Fashion
from .integer_learner import IntegerLearner
from .learner import Learner, Outcome, run
from .parameters import TUNING_SEED, VARIANTS, ElasticParameters, Settings, Variant
from .records import Records, RunKey
from .results import Row


class Comparison:
    """Tunes every variant on its grid, then runs it over all seeds.

    The grid is decided on the validation part, with a seed that no other run has; the table is
    about the test part. What has been run is kept in the folder's ``runs.jsonl`` and not run again.

    Parameters
    ----------
    parameters : ElasticParameters
        What to do.
    data : Fashion
        What is learnt.
    folder : Path
        Of the records.
    on_run : callable
        Called after every run.
    """

    def __init__(
        self,
        parameters: ElasticParameters,
        data: Fashion,
        folder: Path,
        on_run: Callable[[], None] = lambda: None,
    ) -> None:
        self.parameters = parameters
        self.source = find_source(parameters.source)
        self._data = data
        self._records = Records(folder / FILE)
        self._on_run = on_run

    @property
    def configs(self) -> list[Config]:
        """The source's, where it is a stream."""
        return [self.source.config] if isinstance(self.source, StreamSource) else []

    def run(self) -> list[Row]:
        """All of it, on one thread: a row for each variant."""
        with threadpool_limits(1):  # small layers are faster so, and sums keep their order
            return [self._row(VARIANTS[name]) for name in self.parameters.variants]

    def _row(self, variant: Variant) -> Row:
        points = [(s, self._outcome(variant, s, TUNING_SEED)) for s in variant.grid]
        settings, _ = min(points, key=lambda point: _loss(point[1]))
        seeds = self.parameters.test_seeds
        outcomes = tuple(self._outcome(variant, settings, seed) for seed in seeds)
        return Row(variant=variant, settings=settings, outcomes=outcomes)

    def _outcome(self, variant: Variant, settings: Settings, seed: int) -> Outcome:
        asked = self.parameters
        key = RunKey(
            variant=variant.name,
            settings=settings,
            seed=seed,
            steps=asked.steps,
            batch=asked.batch,
            source=fingerprint_of(self.source),
            data=self._data_name,
        )
        outcome = self._records.get(key, lambda: self._train(variant, settings, seed))
        self._on_run()
        return outcome

    @cached_property
    def _data_name(self) -> str:
        """What was learnt from other data is another run."""
        return self._data.fingerprint

    def _train(self, variant: Variant, settings: Settings, seed: int) -> Outcome:
        asked = self.parameters
        learner = self._learner(variant, settings, seed)
        evaluation = self._data.validation if seed == TUNING_SEED else self._data.test
        return run(
            learner,
            self._data.training,
            evaluation,
            seed=seed,
            steps=asked.steps,
            batch=asked.batch,
        )

    def _learner(self, variant: Variant, settings: Settings, seed: int) -> Learner:
        steps = self.parameters.steps
        if variant.is_integer:
            config = self._config()
            return IntegerLearner(variant, settings, config, seed=seed, steps=steps)
        from .float_learner import create_float_learner  # which needs PyTorch

        return create_float_learner(variant, settings, self.source, seed=seed, steps=steps)

    def _config(self) -> Config:
        """Of the source; integers come off a stream alone."""
        if not self.configs:
            raise ConfigError("source", self.source.name, "a preset or a config file, for integers")
        return self.configs[0]


def _loss(outcome: Outcome) -> float:
    """What the grid is decided by: it is what is trained, and smoother than accuracy."""
    return outcome.score.loss if math.isfinite(outcome.score.loss) else math.inf
