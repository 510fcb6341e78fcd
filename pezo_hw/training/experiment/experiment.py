"""The experiment: every source at its own best setting, and at one common setting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import torch
from torch import nn

from ...config import Config
from ..parameters import ZOSGDParameters
from ..replay_log import bits_of
from ..source import fingerprint_of
from ..sources import find_source
from ..stream_source import StreamSource
from ..weights import Weights
from .digits import read_digits
from .fine_tuning import FineTuning, score
from .models import create_model, pretrain
from .parameters import TUNING_SEEDS, ExperimentParameters
from .records import Records, RunKey
from .results import GridPoint, Outcome, Results, Run, Score, mean_and_deviation


class Experiment:
    """Pre-trains a model for every seed, tunes every source on the same grid, and compares.

    The grid is decided on the validation part, with seeds that no other run has; the tables are
    about the test part.

    Parameters
    ----------
    parameters : ExperimentParameters
        What to do.
    records : Records
        Where runs go as they end, and from where those are known that are not done again.
    on_run : callable
        Called after every run.
    """

    def __init__(
        self,
        parameters: ExperimentParameters,
        records: Records,
        on_run: Callable[[], None] = lambda: None,
    ) -> None:
        self.parameters, self._records = parameters, records
        self._on_run = on_run
        self._sources = {name: find_source(name) for name in parameters.sources}
        self._fingerprints = {name: fingerprint_of(self._sources[name]) for name in self._sources}
        self._digits = read_digits()
        self._data = self._digits.fingerprint
        self._models: dict[int, nn.Module] = {}

    @property
    def configs(self) -> list[Config]:
        """Those of the sources that are streams."""
        sources = self._sources.values()
        return [source.config for source in sources if isinstance(source, StreamSource)]

    @property
    def sizes(self) -> list[int]:
        """The numbers of each tensor of the model."""
        return [weights.numel() for weights in create_model(self.parameters.model, 0).parameters()]

    def run(self) -> Results:
        """All of it, on one thread: small models are faster so, and sums keep their order."""
        with one_thread():
            grid = {name: self._tune(name) for name in self._sources}
            best = {name: _best(points) for name, points in grid.items()}
            common = best[self.parameters.sources[0]]
            return Results(
                parameters=self.parameters,
                before=self._before(),
                grid=tuple(point for points in grid.values() for point in points),
                common=tuple(self._outcome(name, common) for name in self._sources),
                tuned=tuple(self._outcome(name, best[name]) for name in self._sources),
            )

    def _before(self) -> tuple[Score, ...]:
        seeds = self.parameters.test_seeds
        return tuple(score(self._model(seed), self._digits.test) for seed in seeds)

    def _model(self, seed: int) -> nn.Module:
        if seed not in self._models:
            self._models[seed] = pretrain(self.parameters.model, self._digits, seed)
        return self._models[seed]

    def _tune(self, name: str) -> list[GridPoint]:
        points = []
        for settings in self.parameters.grid:
            runs = self._fine_tune(name, settings, TUNING_SEEDS, "validation")
            scores = tuple(run.score for run in runs)
            points.append(
                GridPoint(source=self._sources[name].name, settings=settings, scores=scores)
            )
        return points

    def _outcome(self, name: str, settings: ZOSGDParameters) -> Outcome:
        runs = self._fine_tune(name, settings, self.parameters.test_seeds, "test")
        return Outcome(source=self._sources[name].name, settings=settings, runs=runs)

    def _fine_tune(
        self, name: str, settings: ZOSGDParameters, seeds: range, part: str
    ) -> tuple[Run, ...]:
        runs = []
        for seed in seeds:
            key = self._key(name, settings, seed, part)
            train = partial(self._train, name, settings, seed, part)
            runs.append(self._records.get(key, train))
            self._on_run()
        return tuple(runs)

    def _key(self, name: str, settings: ZOSGDParameters, seed: int, part: str) -> RunKey:
        return RunKey(
            model=self.parameters.model,
            source=self._fingerprints[name],
            learning_rate=settings.learning_rate,
            epsilon=settings.epsilon,
            seed=seed,
            steps=self.parameters.steps,
            batch=self.parameters.batch,
            part=part,
            data=self._data,
            start=bits_of(Weights.of_module(self._model(seed)).current()),
        )

    def _train(self, name: str, settings: ZOSGDParameters, seed: int, part: str) -> Run:
        tuning = FineTuning(
            self._model(seed),
            self._sources[name],
            settings,
            training=self._digits.training,
            evaluation=getattr(self._digits, part),
            seed=seed,
            batch=self.parameters.batch,
        )
        return tuning.run()


def _best(points: list[GridPoint]) -> ZOSGDParameters:
    """The settings of the least mean loss: it is what is trained, and smoother than accuracy."""

    def loss(point: GridPoint) -> float:
        return mean_and_deviation([score.loss for score in point.scores])[0]

    return min(points, key=loss).settings


@contextmanager
def one_thread() -> Iterator[None]:
    """PyTorch on one thread until the block ends."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
