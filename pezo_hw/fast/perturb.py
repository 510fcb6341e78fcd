"""Weights perturbed in place, a piece at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from ..checks import integer
from ..errors import ConfigError
from ..numbers.fast_stream import FastStream
from ..numbers.number_format import FLOAT32
from ..numbers.number_tables import Numbers
from .arithmetic import Arithmetic
from .scale import Scale, per_tensor
from .weights import Weights, listed


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of weights of one tensor and the numbers that belong to it.

    Attributes
    ----------
    weights : ndarray or torch.Tensor
        A view of the tensor; on the CPU short enough for a core's own cache.
    type : Arithmetic
        How to add to it.
    numbers : Numbers
        Where z is read from, as float32.
    first, length : int
        Which number the first weight gets, and how many they are; weights beyond them get them
        again, row by row.
    scale : float
        The tensor's factor of z.
    tensor : int
        Which tensor it is of.
    span : tuple of (str, int, int)
        Where that lies, as of `Weights`.
    """

    weights: Any
    type: Arithmetic
    numbers: Numbers
    first: int
    length: int
    scale: float
    tensor: int
    span: tuple[str, int, int]

    def add(self, weights: Any, out: Any) -> None:
        """Out = weights + scale * z, for arrays of the piece's type and length."""
        self.type.add(weights, self._z(), self.scale, out)

    def subtract(self, weights: Any, out: Any) -> None:
        """Out = weights - scale * z."""
        self.type.add(weights, self._z(), -self.scale, out)

    def _z(self) -> Any:
        z = self.numbers.read(self.first, self.length)
        is_one_each = self.length == math.prod(self.weights.shape)
        return z.reshape(self.weights.shape) if is_one_each else z


def perturb_(tensors: Sequence[Any], scale: Scale, stream: FastStream, position: int = 0) -> int:
    """W += scale * z in place for every tensor, z the perturbation that starts at a position.

    The product is rounded to float32, the sum to float32 and then to the weights' type (all in
    float64 for weights of that type). z is the same as `PerturbationSequence` draws from there:
    each tensor starts on a fresh cycle or, with ``leftover = "number"``, at the very next number.

    Memory: the stream's tables and 2 MB; the whole z never exists. On a device the period is there
    once, and z in runs of at most 2^24 numbers. The bits are the same wherever the tensors lie.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        float32, float16, bfloat16 (in NumPy as uint16) or float64; arrays contiguous, tensors of
        PyTorch of any strides, in logical order, on any device.
    scale : float or list of float
        Factor of z, or one for each tensor: finite, also as a float32.
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
        piece.add(piece.weights, piece.weights)
    return following


def take_apart(
    tensors: Sequence[Any], scale: Scale, stream: FastStream, position: int
) -> tuple[Iterator[Piece], int]:
    """The pieces of a perturbation, all arguments checked, and where the next one starts."""
    if not isinstance(stream, FastStream):
        raise ConfigError("stream", type(stream).__name__, "a FastStream, as of fast_stream()")
    position = integer("position", position, 0)
    weights = [Weights.of(tensor) for tensor in listed(tensors)]
    start, firsts = position, []
    for one in weights:
        firsts.append(stream.first_number(position))
        position = stream.following(position, one.size)
    scales = require_scale(weights, scale)  # before the stream counts what was asked of it
    numbers = stream.numbers(FLOAT32, sum(one.size for one in weights))
    return pieces_of(weights, scales, numbers, firsts), stream.next_start(start, position)


def pieces_of(
    weights: Sequence[Weights], scale: Scale, numbers: Numbers, firsts: Sequence[int]
) -> Iterator[Piece]:
    """The pieces of tensors whose numbers start at ``firsts``; the scale is checked at once."""
    scales = require_scale(weights, scale)
    triples = zip(weights, firsts, scales, strict=False)
    return chain.from_iterable(
        _pieces(index, one, numbers, first, factor)
        for index, (one, first, factor) in enumerate(triples)
    )


def require_scale(weights: Sequence[Weights], scale: Scale) -> list[float]:
    """A factor for each tensor; raises ConfigError for one that is not finite in its type."""
    scales = per_tensor(scale, len(weights))
    for one, factor in zip(weights, scales, strict=True):
        _require_finite(factor, one.type.wide)
    return scales


def _require_finite(scale: float, wide: np.dtype[Any]) -> None:
    """A scale that is infinite, in the type in which it is multiplied, would ruin every weight."""
    # As a Python number: NumPy casts the scale to the type first, and warns of an overflow.
    if abs(scale) > float(np.finfo(wide).max):
        raise ConfigError("scale", scale, f"a number that is finite as a {wide}")


def _pieces(
    tensor: int, weights: Weights, numbers: Numbers, first: int, scale: float
) -> Iterator[Piece]:
    local, done = weights.type.local(numbers), 0
    for part, length in weights.parts(local):
        yield Piece(
            weights=part,
            type=weights.type,
            numbers=local,
            first=first + done,
            length=length,
            scale=scale,
            tensor=tensor,
            span=weights.span,
        )
        done += math.prod(part.shape)
