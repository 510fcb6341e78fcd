"""Layers one after another, the last of them differentiated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import ConfigError
from .blocks import Block, Sums, requantise
from .layers import Layer, Linear, flat


@dataclass(frozen=True, kw_only=True)
class Forward:
    """What a forward pass leaves.

    Attributes
    ----------
    inputs : tuple of Block
        Of each layer of the head, shape (N, inputs); nothing of the body's.
    logits : Sums
        Shape (N, classes), as the last layer adds them up.
    """

    inputs: tuple[Block, ...]
    logits: Sums


class IntegerModel:
    """A body, which is only run, and a head of fully connected layers, which is differentiated too.

    Parameters
    ----------
    layers : sequence of Layer
        The last one gives the logits, without ReLU and in 32 bits.
    head : int
        How many of them the head has, `Linear` ones; 0 for no head.

    Raises
    ------
    ConfigError
        For a head that is longer, or has another kind of layer.
    """

    def __init__(self, layers: Sequence[Layer], head: int) -> None:
        self.layers = tuple(layers)
        known = [isinstance(layer, Linear) for layer in self.layers[::-1]]
        most = known.index(False) if False in known else len(known)
        if not 0 <= head <= most:
            raise ConfigError("head", head, f"an integer from 0 to {most}")
        self._cut = len(self.layers) - head

    @property
    def body(self) -> list[NDArray[np.int8]]:
        """The weights of the layers before the head."""
        return [layer.weight.mantissa for layer in self.layers[: self._cut]]

    @property
    def head(self) -> list[NDArray[np.int8]]:
        """The weights of the layers that back-propagation trains."""
        return [layer.weight.mantissa for layer in self.layers[self._cut :]]

    @property
    def head_exponents(self) -> list[int]:
        """Of the head's weights."""
        return [layer.weight.exponent for layer in self.layers[self._cut :]]

    def forward(self, block: Block) -> Forward:
        """All layers on a block of images."""
        inputs = []
        for index, layer in enumerate(self.layers):
            if index >= self._cut:
                block = flat(block)
                inputs.append(block)
            sums = layer.sums(block)
            if index + 1 < len(self.layers):
                block = layer.finish(sums)
        return Forward(inputs=tuple(inputs), logits=sums)

    def backward(self, forward: Forward, errors: Block) -> list[Sums]:
        """The gradient with respect to each of the head's weights, summed over the batch.

        Parameters
        ----------
        forward : Forward
            Of the same weights.
        errors : Block
            The gradient with respect to the logits, shape (N, classes).
        """
        gradients = []
        layers = self.layers[self._cut :]
        for layer, block in zip(layers[::-1], forward.inputs[::-1], strict=True):
            gradients.append(_product("no,ni->oi", errors, block))
            if layer is not layers[0]:
                before = _product("no,oi->ni", errors, layer.weight)
                passed = np.where(block.mantissa > 0, before.values, 0)  # ReLU's own gradient
                errors = requantise(Sums(values=passed, exponent=before.exponent))
        return gradients[::-1]


def _product(subscripts: str, one: Block, other: Block) -> Sums:
    factors = (block.mantissa.astype(np.int32) for block in (one, other))
    values = np.einsum(subscripts, *factors)
    return Sums(values=values, exponent=one.exponent + other.exponent)
