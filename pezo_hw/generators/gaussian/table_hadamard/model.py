"""What a group of table-Hadamard lanes makes of its random bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....numbers.fixed_point import FixedPoint
from ..leap_stream import Bytes, LeapForm
from .table import FRAC, MANTISSA_BITS, ODD_SAMPLES, SIZE, SOURCE, STAGES, WORD_BITS


def hadamard(samples: NDArray[np.int16]) -> NDArray[np.int16]:
    """The Walsh-Hadamard transform of the last axis, in natural order, without a scale.

    Output k is the sum over i of samples[i], negative where i AND k has an odd number of ones.
    """
    shape = samples.shape
    for stage in range(STAGES):
        pairs = samples.reshape(*shape[:-1], SIZE >> (stage + 1), 2, 1 << stage)
        first, second = pairs[..., 0, :], pairs[..., 1, :]
        samples = np.stack([first + second, first - second], axis=-2)
    return samples.reshape(shape)


def mantissas_of(fresh: Bytes) -> NDArray[np.int16]:
    """What 112 random bits make: 16 words of 7, word i in bits 7i ... 7i + 6, shape (..., 16).

    The samples are halves of the odd numbers, and sixteen odd ones make an even sum.
    """
    split = np.unpackbits(fresh, axis=-1).reshape(*fresh.shape[:-1], SIZE, WORD_BITS)
    words: NDArray[np.uint8] = np.zeros(split.shape[:-1], dtype=np.uint8)
    for place in range(WORD_BITS):
        words <<= 1
        words |= split[..., place]
    return hadamard(ODD_SAMPLES[words[..., ::-1]]) >> 1


FORM = LeapForm(
    source=SOURCE,
    size=SIZE,
    fixed_point=FixedPoint(name="twos-complement", bits=MANTISSA_BITS, frac=FRAC),
    # A register behind the table, and one behind each stage of the transform.
    latency=1 + STAGES,
    mantissas_of=mantissas_of,
)
