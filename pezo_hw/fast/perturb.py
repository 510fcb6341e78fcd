"""Weights perturbed in place, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks import integer, real
from ..errors import ConfigError
from ..numbers.fast_stream import FastStream
from ..numbers.number_format import FLOAT32
from ..numbers.number_tables import Numbers
from .weights import Weights, WeightType, listed


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of weights of one tensor and the numbers that belong to it.

    Attributes
    ----------
    weights : ndarray, shape (N,)
        A view of the tensor, short enough for a core's own cache.
    type : WeightType
        How to add to it.
    numbers : Numbers
        Where z is read from, as float32.
    first : int
        Which number the first weight gets.
    tensor : int
        Which tensor it is of.
    """

    weights: NDArray[Any]
    type: WeightType
    numbers: Numbers
    first: int
    tensor: int

    def steps(self, scale: float) -> NDArray[Any]:
        """Scale * z, rounded in the type in which sums are computed, shape (N,)."""
        z = self.numbers.read(self.first, len(self.weights))
        steps: NDArray[Any] = np.multiply(z, self.type.wide.type(scale))
        return steps

    def add(self, scale: float, weights: NDArray[Any], out: NDArray[Any]) -> None:
        """Out = weights + scale * z, for arrays of the piece's type and length."""
        self.type.add(weights, self.steps(scale), out)


def perturb_(tensors: Sequence[Any], scale: float, stream: FastStream, position: int = 0) -> int:
    """W += scale * z in place for every tensor, z the perturbation that starts at a position.

    The product is rounded to float32, the sum to float32 and then to the weights' type (all in
    float64 for weights of that type). z is the same as `PerturbationSequence` draws from there:
    each tensor starts on a fresh cycle or, with ``leftover = "number"``, at the very next number.

    Memory: the stream's tables and 2 MB; the whole z never exists.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        float32, float16, bfloat16 (in NumPy as uint16) or float64; contiguous, on the CPU.
    scale : float
        Factor of z: finite, also as a float32.
    stream : FastStream
        Where z comes from.
    position : int
        At least 0; the same position gives the same z.

    Returns
    -------
    int
        Where the next perturbation starts.

    Raises
    ------
    PezoError
        For a tensor that is not of this kind, or another argument that is not allowed, before any
        tensor is changed.

    Examples
    --------
    >>> import numpy as np
    >>> import pezo_hw
    >>> from pezo_hw.fast.perturb import perturb_
    >>> stream = pezo_hw.load("paper-roberta").fast_stream()
    >>> tensors = [np.zeros((64, 10), np.float32), np.zeros(10, np.float32)]
    >>> perturb_(tensors, 1e-3, stream)  # 21 cycles and one more
    22
    """
    pieces, following = take_apart(tensors, scale, stream, position)
    for piece in pieces:
        piece.add(scale, piece.weights, piece.weights)
    return following


def take_apart(
    tensors: Sequence[Any], scale: float, stream: FastStream, position: int
) -> tuple[Iterator[Piece], int]:
    """The pieces of a perturbation, all arguments checked, and where the next one starts."""
    if not isinstance(stream, FastStream):
        raise ConfigError("stream", type(stream).__name__, "a FastStream, as of fast_stream()")
    position = integer("position", position, 0)
    weights = [Weights.of(tensor) for tensor in listed(tensors)]
    _require_finite(scale, weights)
    numbers = stream.numbers(FLOAT32, sum(len(one.flat) for one in weights))
    start, firsts = position, []
    for one in weights:
        firsts.append(stream.first_number(position))
        position = stream.following(position, len(one.flat))
    starts = enumerate(zip(weights, firsts, strict=True))
    runs = (_pieces(index, one, numbers, first) for index, (one, first) in starts)
    return chain.from_iterable(runs), stream.next_start(start, position)


def _require_finite(scale: float, weights: Sequence[Weights]) -> None:
    """A scale that is infinite, in the type in which it is multiplied, would ruin every weight."""
    value = real("scale", scale)
    for wide in {one.type.wide for one in weights}:
        if abs(value) > np.finfo(wide).max:
            raise ConfigError("scale", scale, f"a number that is finite as a {wide}")


def _pieces(tensor: int, weights: Weights, numbers: Numbers, first: int) -> Iterator[Piece]:
    for done in range(0, len(weights.flat), numbers.run):
        yield Piece(
            weights=weights.flat[done : done + numbers.run],
            type=weights.type,
            numbers=numbers,
            first=first + done,
            tensor=tensor,
        )
