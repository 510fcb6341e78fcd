"""The experiment: every source at its own best setting, and at one common setting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

from ..parameters import ZOSGDParameters
from ..sources import find_source
from .digits import Part, load
from .fine_tuning import FineTuning, score
from .parameters import ExperimentParameters
from .pretraining import pretrain
from .results import GridPoint, Outcome, Results, Run


class Experiment:
    """Pre-trains a model for every seed, tunes every source on the same grid, and compares.

    The grid is decided on the validation part with a seed that no other run has; tables are about
    the test part.

    Parameters
    ----------
    parameters : ExperimentParameters
        What to do.
    on_run : callable
        Called after every run.
    """

    def __init__(
        self, parameters: ExperimentParameters, on_run: Callable[[], None] = lambda: None
    ) -> None:
        self.parameters = parameters
        self._on_run = on_run
        self._sources = {name: find_source(name) for name in parameters.sources}
        self._digits = load()
        self._models: dict[int, nn.Module] = {}

    def run(self) -> Results:
        """All of it, on one thread: small models are faster so, and sums keep their order."""
        with _one_thread():
            grid = {name: self._tune(name) for name in self._sources}
            best = {name: _best(points) for name, points in grid.items()}
            common = best[self.parameters.sources[0]]
            return Results(
                parameters=self.parameters,
                before=tuple(score(self._model(s), self._digits.test) for s in self._seeds),
                grid=tuple(point for points in grid.values() for point in points),
                common=tuple(self._outcome(name, common) for name in self._sources),
                tuned=tuple(self._outcome(name, best[name]) for name in self._sources),
            )

    @property
    def _seeds(self) -> range:
        return range(1, self.parameters.seeds + 1)

    def _model(self, seed: int) -> nn.Module:
        if seed not in self._models:
            self._models[seed] = pretrain(self.parameters.model, self._digits, seed)
        return self._models[seed]

    def _tune(self, name: str) -> list[GridPoint]:
        points = []
        for settings in self.parameters.grid:
            run = self._fine_tune(name, settings, seed=0, evaluation=self._digits.validation)
            points.append(GridPoint(source=name, settings=settings, score=run.score))
        return points

    def _outcome(self, name: str, settings: ZOSGDParameters) -> Outcome:
        runs = (self._fine_tune(name, settings, s, self._digits.test) for s in self._seeds)
        return Outcome(source=name, settings=settings, runs=tuple(runs))

    def _fine_tune(self, name: str, settings: ZOSGDParameters, seed: int, evaluation: Part) -> Run:
        run = FineTuning(
            self._model(seed),
            self._sources[name],
            settings,
            training=self._digits.training,
            evaluation=evaluation,
            seed=seed,
            batch=self.parameters.batch,
        ).run()
        self._on_run()
        return run


def _best(points: list[GridPoint]) -> ZOSGDParameters:
    """The settings of the highest accuracy; of equal ones those of the least loss."""
    best = max(points, key=lambda point: (point.score.accuracy, -point.score.loss))
    return best.settings


@contextmanager
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
