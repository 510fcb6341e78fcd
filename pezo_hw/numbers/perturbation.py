"""Perturbations of a model's tensors, one after another, with replay and save points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from ..checks import integer
from ..errors import PezoError
from .stream import Stream

Shape = int | Sequence[int]


class SavedPosition(TypedDict):
    """What `PerturbationSequence.save` gives: plain numbers, fit for JSON."""

    position: int
    last_position: int | None
    last_shapes: list[list[int]]


class PerturbationSequence:
    """Takes perturbations off a stream in order.

    Zeroth-order training perturbs the same way three to four times (+epsilon, -epsilon, restore,
    update), so every perturbation can be had again: ``replay`` gives the last one, bit for bit.

    Parameters
    ----------
    stream : Stream
        Where the numbers come from.
    position : int
        Where the first perturbation starts: a cycle, or a number of the pool (``leftover =
        "number"``).

    Attributes
    ----------
    position : int
        Where the next new perturbation starts.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.numbers.perturbation import PerturbationSequence
    >>> sequence = PerturbationSequence(pezo_hw.load("paper-roberta").stream())
    >>> weights, biases = sequence.next([(64, 10), 10])
    >>> weights.shape, biases.shape
    ((64, 10), (10,))
    >>> again, _ = sequence.replay()
    >>> bool((again == weights).all())
    True
    >>> sequence.save()
    {'position': 22, 'last_position': 0, 'last_shapes': [[64, 10], [10]]}
    """

    def __init__(self, stream: Stream, position: int = 0) -> None:
        self.stream = stream
        self.position = integer("position", position, 0)
        self._last_position: int | None = None
        self._last_shapes: list[tuple[int, ...]] = []

    def next(self, shapes: Sequence[Shape]) -> list[NDArray[np.float32]]:
        """A new perturbation: one float32 array for each shape of the list.

        Each tensor starts on a fresh cycle, except with ``leftover = "number"``, where nothing is
        dropped and each starts at the very next number.
        """
        checked = [_shape(shape) for shape in shapes]
        tensors, following = self._draw(self.position, checked)
        self._last_position, self._last_shapes = self.position, checked
        self.position = self.stream.next_start(self.position, following)
        return tensors

    def replay(self) -> list[NDArray[np.float32]]:
        """The last perturbation again, bit for bit; the next new one is not affected."""
        if self._last_position is None:
            raise PezoError("there is no perturbation to replay yet: call next first")
        return self._draw(self._last_position, self._last_shapes)[0]

    def save(self) -> SavedPosition:
        """The state of the sequence, replay included."""
        return SavedPosition(
            position=self.position,
            last_position=self._last_position,
            last_shapes=[list(shape) for shape in self._last_shapes],
        )

    def restore(self, saved: SavedPosition) -> None:
        """Go on exactly where ``saved`` was taken, on a sequence over the same configuration."""
        position = integer("position", saved["position"], 0)
        last = saved["last_position"]
        self._last_position = None if last is None else integer("last_position", last, 0)
        self._last_shapes = [_shape(shape) for shape in saved["last_shapes"]]
        self.position = position

    def _draw(
        self, position: int, shapes: list[tuple[int, ...]]
    ) -> tuple[list[NDArray[np.float32]], int]:
        tensors = []
        for shape in shapes:
            numbers, position = self.stream.perturbation(position, math.prod(shape))
            tensors.append(numbers.reshape(shape))
        return tensors, position


def _shape(shape: Shape) -> tuple[int, ...]:
    dimensions = (shape,) if isinstance(shape, int) else tuple(shape)
    return tuple(integer("shape", dimension, 0) for dimension in dimensions)


def expected_gaussian_norm(dimension: int) -> float:
    """E of the norm of ``dimension`` standard Gaussian numbers (paper, equation 5), in float64."""
    upper, lower = math.lgamma((dimension + 1) / 2), math.lgamma(dimension / 2)
    return math.exp(0.5 * math.log(2) + upper - lower)
