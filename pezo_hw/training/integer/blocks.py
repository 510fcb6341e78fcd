"""Tensors of small integers with one exponent for all of them, and the way into 8 bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import ConfigError

LARGEST = 127
"""The largest mantissa of a block, of either sign: -128 is none."""
_BITS = LARGEST.bit_length()


@dataclass(frozen=True, kw_only=True)
class Block:
    """A tensor worth mantissa * 2^exponent.

    Parameters
    ----------
    mantissa : ndarray of int8
        From -127 to 127; of weights, the very memory that training changes.
    exponent : int
        Of all of them.

    Raises
    ------
    ConfigError
        For mantissas of another type, or a -128.
    """

    mantissa: NDArray[np.int8]
    exponent: int

    def __post_init__(self) -> None:
        if self.mantissa.dtype != np.int8:
            raise ConfigError("mantissa", self.mantissa.dtype.name, "int8")
        if self.mantissa.size and self.mantissa.min() < -LARGEST:
            raise ConfigError("mantissa", -128, f"-{LARGEST} to {LARGEST}")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Accumulators worth value * 2^exponent: what a layer's products add up to.

    Attributes
    ----------
    values : ndarray of int32
        Exact sums of products of mantissas.
    exponent : int
        Of all of them.
    """

    values: NDArray[np.int32]
    exponent: int


def requantise(sums: Sums) -> Block:
    """The sums in 8 bits: shifted right until the largest fits, and rounded to nearest.

    Halves are rounded up. What fits already is kept, and its exponent with it.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training.integer.blocks import Sums, requantise
    >>> block = requantise(Sums(values=np.array([-1000, 6, 4], np.int32), exponent=-9))
    >>> block.mantissa.tolist(), block.exponent
    ([-125, 1, 1], -6)
    """
    values = sums.values
    # As Python's integers: the negative of the lowest int32 is none.
    largest = max(int(values.max()), -int(values.min())) if values.size else 0
    shift = max(largest.bit_length() - _BITS, 0)
    rounded = rounded_shift(values, shift)
    mantissa = np.clip(rounded, -LARGEST, LARGEST).astype(np.int8)
    return Block(mantissa=mantissa, exponent=sums.exponent + shift)


def rounded_shift(values: NDArray[np.integer], places: int) -> NDArray[np.int64]:
    """The values / 2^places to nearest, halves up, for places >= 0; int64 of the same shape."""
    wide = values.astype(np.int64)
    if places:
        wide += np.int64(1) << np.int64(places - 1)
        wide >>= np.int64(places)
    return wide


def block_of_images(images: NDArray[np.uint8]) -> Block:
    """Grey images, shape (N, H, W), as a block from 0 to 127/128 with one channel.

    The shape is (1, N, H, W), channels first as `Convolution` has them; the last bit is dropped.
    """
    return Block(mantissa=(images >> 1).astype(np.int8)[np.newaxis], exponent=-_BITS)
