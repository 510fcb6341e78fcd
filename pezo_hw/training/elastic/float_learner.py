"""LeNet-5 in float32, trained by zeroth-order steps, by back-propagation, or by both."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy

from ...errors import TrainingWarning
from ..gradients import without_gradients
from ..parameters import ZOSGDParameters
from ..source import PerturbationSource
from ..weights import Weights
from ..zo_sgd import ZOSGD
from .elastic_zo import ElasticZO
from .fashion import Part
from .lenet import Parts, create_lenet, cut
from .parameters import APART, Settings, Variant


class FloatLearner(ABC):
    """A fresh LeNet-5 of a seed; a `Learner`.

    Parameters
    ----------
    seed : int
        Of the weights.
    """

    def __init__(self, seed: int) -> None:
        self.model = create_lenet(seed)

    def step(self, batch: Part) -> None:
        images, labels = _pixels(batch.images), torch.from_numpy(batch.labels).long()
        with warnings.catch_warnings():
            # The grid has points at which runs stand still: the tables say so.
            warnings.simplefilter("ignore", TrainingWarning)
            self._step(images, lambda logits: cross_entropy(logits, labels))

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float64]:
        logits = without_gradients(lambda: self.model(_pixels(images)))
        found: NDArray[np.float64] = logits.double().numpy()
        return found

    @abstractmethod
    def _step(self, images: Any, loss: Any) -> None:
        """One step down ``loss(logits)``."""


class _ByZO(FloatLearner):
    """All weights by zeroth-order steps."""

    def __init__(self, seed: int, source: PerturbationSource, settings: ZOSGDParameters) -> None:
        super().__init__(seed)
        weights = Weights.of_module(self.model)
        self._zo = ZOSGD(weights, source, settings, position=seed * APART)

    def _step(self, images: Any, loss: Any) -> None:
        without_gradients(lambda: self._zo.step(lambda: loss(self.model(images))))


class _ByBP(FloatLearner):
    """The last layers, or all of them, by back-propagation; the others as they are."""

    def __init__(self, seed: int, layers: int, rate: float, steps: int) -> None:
        super().__init__(seed)
        self._parts = (
            cut(self.model, layers) if layers else Parts(torch.nn.Sequential(), self.model)
        )
        self._sgd = torch.optim.SGD(self._parts.head.parameters(), rate)
        self._rates = _falling(self._sgd, steps)

    def _step(self, images: Any, loss: Any) -> None:
        features = without_gradients(lambda: self._parts.body(images))
        self._sgd.zero_grad()
        loss(self._parts.head(features)).backward()
        self._sgd.step()
        self._rates.step()


class _ByBoth(FloatLearner):
    """The last layers by back-propagation, the others by zeroth-order steps."""

    def __init__(
        self,
        seed: int,
        layers: int,
        rate: float,
        source: PerturbationSource,
        settings: ZOSGDParameters,
    ) -> None:
        super().__init__(seed)
        body, head = cut(self.model, layers)
        sgd = torch.optim.SGD(head.parameters(), rate)
        self._elastic = ElasticZO(body, head, sgd, source, settings, position=seed * APART)
        self._rates = _falling(sgd, settings.steps or 1)

    def _step(self, images: Any, loss: Any) -> None:
        self._elastic.step(images, loss)
        self._rates.step()


def create_float_learner(
    variant: Variant, settings: Settings, source: PerturbationSource, *, seed: int, steps: int
) -> FloatLearner:
    """What trains a fresh model in one of the ways.

    Parameters
    ----------
    variant : Variant
        One in float32.
    settings : dict
        ``"zo"`` and ``"epsilon"`` of zeroth-order steps, ``"head"`` the rate of back-propagation.
    source : PerturbationSource
        Read from a position that the seed decides.
    seed, steps : int
        Of the weights; and over how many steps the rates fall to 0.
    """
    if variant.method in ("control", "bp"):
        return _ByBP(seed, variant.layers, settings["head"], steps)
    zo = ZOSGDParameters(
        learning_rate=settings["zo"], epsilon=settings["epsilon"], schedule="linear", steps=steps
    )
    if variant.method == "zo":
        return _ByZO(seed, source, zo)
    return _ByBoth(seed, variant.layers, settings["head"], source, zo)


def _falling(sgd: Any, steps: int) -> Any:
    return torch.optim.lr_scheduler.LambdaLR(sgd, lambda step: 1 - step / steps)


def _pixels(images: NDArray[np.uint8]) -> Any:
    """Float32 from 0 to 1, shape (N, 1, 28, 28)."""
    return torch.from_numpy(images.astype(np.float32) / 255).unsqueeze(1)
