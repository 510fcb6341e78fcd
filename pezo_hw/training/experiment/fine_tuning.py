"""One run: a pre-trained model, fine-tuned by forward passes alone."""

from __future__ import annotations

import copy
import time
import warnings

from torch import nn
from torch.nn.functional import cross_entropy

from ...errors import TrainingWarning
from ..gradients import without_gradients
from ..loss import LossError
from ..parameters import ZOSGDParameters
from ..source import PerturbationSource
from ..weights import Weights
from ..zo_sgd import ZOSGD
from .digits import Part
from .results import POINTS, Run, Score

_APART = 1_000_003  # a prime: no stream's period divides it


def score(model: nn.Module, part: Part) -> Score:
    """How well the model does on a part of the data."""
    logits = without_gradients(lambda: model(part.images))
    loss = cross_entropy(logits, part.labels).item()
    rightly = (logits.argmax(1) == part.labels).float().mean().item()
    return Score(accuracy=rightly, loss=loss)


class FineTuning:
    """A copy of a pre-trained model on its way; the model itself stays as it is.

    Parameters
    ----------
    model : torch.nn.Module
        Where to start.
    source : PerturbationSource
        Read from a position that the seed decides, so that runs differ also with a fixed stream.
    settings : ZOSGDParameters
        With ``steps``.
    training, evaluation : Part
        What is learnt, and what the scores are about.
    seed, batch : int
        Which batches, and their size.

    Attributes
    ----------
    optimizer : ZOSGD
        Of the copy's weights.
    """

    def __init__(
        self,
        model: nn.Module,
        source: PerturbationSource,
        settings: ZOSGDParameters,
        *,
        training: Part,
        evaluation: Part,
        seed: int,
        batch: int,
    ) -> None:
        self.model = copy.deepcopy(model)
        self._training, self._evaluation = training, evaluation
        self._seed, self._batch = seed, batch
        weights = Weights.of_module(self.model)
        self.optimizer = ZOSGD(weights, source, settings, position=seed * _APART)
        self._seconds = 0.0

    def run(self) -> Run:
        """All steps, or as many as it takes to diverge; scores along the way."""
        steps = self.optimizer.parameters.steps or 1
        curve = [score(self.model, self._evaluation)]
        for point in range(1, POINTS + 1):
            self._train_until(point * steps // POINTS)
            curve.append(score(self.model, self._evaluation))
        speed = self.optimizer.steps_done / self._seconds
        accuracies = tuple(point.accuracy for point in curve)
        return Run(score=curve[-1], curve=accuracies, steps_per_second=speed)

    def _train_until(self, step: int) -> None:
        """Trains up to a step, unless a loss is not finite: no later step could mend that."""
        start = time.perf_counter()
        with warnings.catch_warnings():
            # The grid has points at which runs diverge and stand still: the tables say so.
            warnings.simplefilter("ignore", TrainingWarning)
            while self.optimizer.steps_done < step and without_gradients(self._step):
                pass
        self._seconds += time.perf_counter() - start

    def _step(self) -> bool:
        """One step; whether its losses were finite."""
        key = (self._seed, self.optimizer.steps_done)
        images, labels = self._training.batch(self._batch, key)
        try:
            self.optimizer.step(lambda: cross_entropy(self.model(images), labels).item())
        except LossError:
            return False
        return True
