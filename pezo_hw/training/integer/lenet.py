"""LeNet-5 in integers."""

from __future__ import annotations

import math
from math import isqrt

import numpy as np

from .blocks import LARGEST, Block
from .layers import Convolution, Layer, Linear
from .model import IntegerModel

SHAPES = ((6, 1, 5, 5), (16, 6, 5, 5), (120, 784), (84, 120), (10, 84))
"""Of the weights, outputs first: 107,550 in all, those of LeNet-5 without its biases."""
_WIDEST = LARGEST // 2


def create_integer_lenet(seed: int, head: int = 0) -> IntegerModel:
    """A fresh model for images of 28 x 28; the seed decides it.

    Parameters
    ----------
    seed : int
        At least 0.
    head : int
        How many of the last layers back-propagation trains, 0 to 3.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training.integer.blocks import block_of_images
    >>> from pezo_hw.training.integer.lenet import create_integer_lenet
    >>> model = create_integer_lenet(1)
    >>> model.forward(block_of_images(np.zeros((2, 28, 28), np.uint8))).logits.values.shape
    (2, 10)
    """
    bits = np.random.PCG64(seed)
    layers: list[Layer] = []
    for shape in SHAPES:
        weight = fresh_weight(bits, shape)
        layers.append(Convolution(weight) if len(shape) == 4 else Linear(weight))
    return IntegerModel(layers, head)


def fresh_weight(bits: np.random.PCG64, shape: tuple[int, ...]) -> Block:
    """Integers from -m to m, all alike, of He's variance 2 / inputs to within a part in m.

    The exponent is the least with m at most 63, so that weights have room to double.
    """
    inputs, exponent = math.prod(shape[1:]), 0
    # Integers from -m to m have the variance m (m + 1) / 3.
    while isqrt((6 << -2 * (exponent - 1)) // inputs) <= _WIDEST:
        exponent -= 1
    most = isqrt((6 << -2 * exponent) // inputs)
    words = bits.random_raw(math.prod(shape))
    mantissa = (words % np.uint64(2 * most + 1)).astype(np.int16) - most
    return Block(mantissa=mantissa.astype(np.int8).reshape(shape), exponent=exponent)
