"""LeNet-5 in integers, trained in one of the ways."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...config import Config
from ..integer.blocks import block_of_images
from ..integer.elastic_zo import IntegerElasticZO
from ..integer.lenet import create_integer_lenet
from ..integer.parameters import IntegerParameters
from .fashion import Part
from .parameters import APART, Settings, Variant


class IntegerLearner:
    """A fresh model of a seed and what trains it; a `Learner`.

    Parameters
    ----------
    variant : Variant
        One in integers.
    settings : dict
        Those of `IntegerParameters` by their names, ``rate`` and ``head_rate`` where there is such
        a part.
    config : Config
        Whose stream is drawn from, at a position that the seed decides.
    seed, steps : int
        Of the weights; and over how many steps the rates fall.
    """

    def __init__(
        self, variant: Variant, settings: Settings, config: Config, *, seed: int, steps: int
    ) -> None:
        self.model = create_integer_lenet(seed, variant.layers)
        asked: dict[str, Any] = {"rate": None} | settings
        parameters = IntegerParameters(steps=steps, **asked)
        position = seed * APART
        self._training = IntegerElasticZO(self.model, config, parameters, position=position)

    def step(self, batch: Part) -> None:
        self._training.step(block_of_images(batch.images), batch.labels)

    def logits(self, images: NDArray[np.uint8]) -> NDArray[np.float64]:
        """As of `Learner`; floating-point numbers for the score, which nothing is trained by."""
        found = self.model.forward(block_of_images(images)).logits
        return np.ldexp(found.values.astype(np.float64), found.exponent)
