"""Layers in integers: int8 in, int32 accumulators, int8 out."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from ...errors import ConfigError
from .blocks import LARGEST, Block, Sums, requantise

MOST_TERMS = (2**31 - 1) // LARGEST**2
"""How many products of two mantissas an int32 holds the sum of, whatever they are."""


class Layer(ABC):
    """Weights, and what they make of their input.

    Parameters
    ----------
    weight : Block
        Outputs first. There is no bias: a block's exponent changes with every input, and what is
        added to an accumulator would have to change with it.

    Raises
    ------
    ConfigError
        Where an output has more inputs than an int32 can add up.
    """

    def __init__(self, weight: Block) -> None:
        terms = math.prod(weight.mantissa.shape[1:])
        if not 0 < terms <= MOST_TERMS:
            raise ConfigError("weight", f"{terms} inputs an output", f"1 to {MOST_TERMS}")
        self.weight = weight

    @abstractmethod
    def sums(self, block: Block) -> Sums:
        """The products of weights and inputs, added up exactly."""

    def finish(self, sums: Sums) -> Block:
        """What the next layer gets: ReLU, then 8 bits."""
        positive = np.maximum(sums.values, 0)
        return requantise(Sums(values=positive, exponent=sums.exponent))


class Convolution(Layer):
    """A convolution that keeps the image's size, then ReLU, then the maximum of 2 x 2.

    Blocks have the shape (C, N, H, W), channels before images, H and W even; weights (C', C, k, k),
    k odd. Outside of the image there are zeros.
    """

    def __init__(self, weight: Block) -> None:
        super().__init__(weight)
        shape = weight.mantissa.shape
        if len(shape) != 4 or shape[2] != shape[3] or shape[2] % 2 == 0:
            raise ConfigError("weight", shape, "(outputs, inputs, k, k) with an odd k")

    def sums(self, block: Block) -> Sums:
        outputs, _, side, _ = self.weight.mantissa.shape
        taps = _taps(block.mantissa, side)
        weights = self.weight.mantissa.reshape(outputs, -1).astype(np.int32)
        values = np.einsum("ok,kn->on", weights, taps)
        values = values.reshape(outputs, *block.mantissa.shape[1:])
        return Sums(values=values, exponent=block.exponent + self.weight.exponent)

    def finish(self, sums: Sums) -> Block:
        block = super().finish(sums)
        return Block(mantissa=_pooled(block.mantissa), exponent=block.exponent)


class Linear(Layer):
    """A fully connected layer, then ReLU.

    Blocks have the shape (N, inputs); images (C, N, H, W) are laid out as (N, C * H * W).
    """

    def __init__(self, weight: Block) -> None:
        super().__init__(weight)
        if weight.mantissa.ndim != 2:
            raise ConfigError("weight", weight.mantissa.shape, "(outputs, inputs)")

    def sums(self, block: Block) -> Sums:
        rows = flat(block).mantissa.astype(np.int32)
        values = np.einsum("ni,oi->no", rows, self.weight.mantissa.astype(np.int32))
        return Sums(values=values, exponent=block.exponent + self.weight.exponent)


def flat(block: Block) -> Block:
    """A block of images, shape (C, N, H, W), as rows (N, C * H * W); rows as they are."""
    if block.mantissa.ndim == 2:
        return block
    rows = block.mantissa.swapaxes(0, 1).reshape(block.mantissa.shape[1], -1)
    return Block(mantissa=rows, exponent=block.exponent)


def _taps(images: NDArray[np.int8], side: int) -> NDArray[np.int32]:
    """For each channel and place of the kernel, the images as it meets them; (C * k * k, N)."""
    channels, count, height, width = images.shape
    edge = side // 2
    padded = np.zeros((channels, count, height + 2 * edge, width + 2 * edge), np.int32)
    padded[:, :, edge : edge + height, edge : edge + width] = images
    taps = np.empty((channels, side, side, count, height, width), np.int32)
    for row in range(side):
        for column in range(side):
            taps[:, row, column] = padded[:, :, row : row + height, column : column + width]
    return taps.reshape(channels * side * side, -1)


def _pooled(images: NDArray[np.int8]) -> NDArray[np.int8]:
    """The maximum of every 2 x 2 places."""
    rows = np.maximum(images[:, :, ::2], images[:, :, 1::2])
    return np.maximum(rows[:, :, :, ::2], rows[:, :, :, 1::2])
