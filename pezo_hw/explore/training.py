"""The accuracy of short runs: a small model that learns with a configuration's perturbations."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import cache
from statistics import fmean, stdev
from typing import TYPE_CHECKING

import numpy as np

from .. import checks
from ..config import Config
from ..tools.extras import require
from ..training.experiment.parameters import PACKAGES
from ..training.parameters import ZOSGDParameters
from ..training.stream_source import StreamSource

if TYPE_CHECKING:
    from torch import nn

    from ..training.experiment.digits import Digits
    from ..training.experiment.results import Run

STEPS, MOST_STEPS = 600, 100_000
SEEDS, MOST_SEEDS = 4, 100
# What Gaussian numbers of variance 1 do best with (`pezo train`).
_LEARNING_RATE = _EPSILON = 0.01
_MODEL, _BATCH = "mlp", 64


@dataclass(frozen=True, kw_only=True)
class ShortRuns:
    """How long every configuration trains, and how often.

    Parameters
    ----------
    steps : int
        Steps of a run.
    seeds : int
        Runs, each with a pre-trained model, batches and a starting position of its own.

    Raises
    ------
    ConfigError
        For a number out of range.
    """

    steps: int = STEPS
    seeds: int = SEEDS

    def __post_init__(self) -> None:
        checks.integer("steps", self.steps, 1, MOST_STEPS)
        checks.integer("seeds", self.seeds, 1, MOST_SEEDS)


def require_training() -> None:
    """Checks that models can be trained; raises PezoError where a package is missing."""
    needed = [module for module in PACKAGES if module != "matplotlib"]
    require("--train needs", needed, extra="train", names=PACKAGES)


def trained(config: Config, runs: ShortRuns, mean_square: float) -> dict[str, float | None]:
    """Accuracy and loss on the digits that decide (`Digits.validation`), means over the runs.

    The model is the experiment's MLP. Scale is no merit of a configuration: learning rate and
    epsilon are 0.01 in units of numbers whose mean square is 1. A loss that is not finite is None.

    Parameters
    ----------
    config : Config
        Where the perturbations come from.
    runs : ShortRuns
        How long, and how often.
    mean_square : float
        Of its numbers, above 0.
    """
    scores = [run.score for run in _runs(config, runs, mean_square)]
    accuracies = [score.accuracy for score in scores]
    loss = fmean(score.loss for score in scores)
    deviation = stdev(accuracies) if len(accuracies) > 1 else None
    return {
        "accuracy": fmean(accuracies),
        "accuracy_error": None if deviation is None else deviation / math.sqrt(len(accuracies)),
        "loss": loss if math.isfinite(loss) else None,
    }


def expected_seconds(config: Config, runs: ShortRuns) -> float:
    """About how long the training of a configuration takes here, from a run of a tenth of it."""
    _model(0)  # is made once in a process, whatever it measures
    start = time.perf_counter()
    numbers = config.stream().window(0, 1).value
    steps = max(1, runs.steps // 10)
    (run,) = _runs(config, ShortRuns(steps=steps, seeds=1), float(np.square(numbers).mean()) or 1.0)
    passed = time.perf_counter() - start
    # A run that diverges is over at once: then all that is known is what has passed.
    a_step = 1 / run.steps_per_second if run.steps_per_second else 0.0
    return runs.seeds * (passed + (runs.steps - steps) * a_step)


def _runs(config: Config, runs: ShortRuns, mean_square: float) -> list[Run]:
    from ..training.experiment.experiment import one_thread
    from ..training.experiment.fine_tuning import FineTuning

    settings = ZOSGDParameters(
        learning_rate=_LEARNING_RATE / mean_square,
        epsilon=_EPSILON / math.sqrt(mean_square),
        schedule="linear",
        steps=runs.steps,
        exact_restore=False,  # as in the experiment
    )
    source, digits = StreamSource(config), _digits()
    with one_thread():
        return [
            FineTuning(
                _model(seed),
                source,
                settings,
                training=digits.training,
                evaluation=digits.validation,
                seed=seed,
                batch=_BATCH,
            ).run()
            for seed in range(runs.seeds)
        ]


@cache
def _digits() -> Digits:
    from ..training.experiment.digits import read_digits

    return read_digits()


@cache
def _model(seed: int) -> nn.Module:
    from ..training.experiment.experiment import one_thread
    from ..training.experiment.models import pretrain

    with one_thread():
        return pretrain(_MODEL, _digits(), seed)
