"""One run: what is trained, a step at a time, whatever its arithmetic."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ...checks import shares
from ..experiment.results import Score
from ..loss import LossError
from ..parameters import at_least_zero
from .fashion import Part

POINTS = 10
_BATCH = 500  # images at once while a score is taken
_FOR_CURVE = 1000  # images that the points of a curve are about; the score at the end is of all


class Learner(Protocol):
    """A model that is trained by one of the ways."""

    def step(self, batch: Part) -> None:
        """One step; raises LossError where a loss is no number."""
        ...

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Of images (N, 28, 28), in nats, shape (N, 10)."""
        ...


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run came to.

    Attributes
    ----------
    score : Score
        Afterwards.
    curve : tuple of float
        Accuracy, on the first 1000 images, at the start and at `POINTS` more,
        equally many steps apart.
    seconds : float
        Of the processor, for one step on one thread.
    """

    score: Score
    curve: tuple[float, ...]
    seconds: float

    @classmethod
    def read(cls, *, score: dict[str, Any], curve: object, seconds: object) -> Outcome:
        """From a record; every value is looked at."""
        return cls(
            score=Score.read(**score),
            curve=shares("curve", curve, 1 + POINTS),
            seconds=at_least_zero("seconds", seconds),
        )


def run(
    learner: Learner, training: Part, evaluation: Part, *, seed: int, steps: int, batch: int
) -> Outcome:
    """All steps, or as many as it takes to diverge; scores along the way.

    Parameters
    ----------
    learner : Learner
        Fresh.
    training, evaluation : Part
        What is learnt, and what the scores are about.
    seed, steps, batch : int
        Which batches, how many, and the images of each.
    """
    some = Part(*(array[:_FOR_CURVE] for array in evaluation))
    curve, seconds, done = [score(learner, some).accuracy], 0.0, 0
    for point in range(1, POINTS + 1):
        start = time.process_time()
        done += _train(learner, training, seed, batch, range(done, point * steps // POINTS))
        seconds += time.process_time() - start
        curve.append(score(learner, some).accuracy)
    final = score(learner, evaluation)
    return Outcome(score=final, curve=tuple(curve), seconds=seconds / max(done, 1))


def _train(learner: Learner, training: Part, seed: int, batch: int, steps: range) -> int:
    """The steps up to one whose loss is not finite, which no later step could mend; how many."""
    for done, step in enumerate(steps):
        try:
            learner.step(training.batch(batch, (seed, step)))
        except LossError:
            return done
    return len(steps)


def score(learner: Learner, part: Part) -> Score:
    """How well a model does on a part of the data."""
    losses, right = [], 0
    for first in range(0, len(part.labels), _BATCH):
        images, labels = (array[first : first + _BATCH] for array in part)
        logits = learner.logits(images)
        right += int(np.sum(logits.argmax(1) == labels))
        shifted = logits - logits.max(1, keepdims=True)
        losses.append(np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels])
    loss = float(np.concatenate(losses).mean())
    return Score(accuracy=right / len(part.labels), loss=loss)
