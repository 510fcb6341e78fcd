"""What the CRCs of a stream must be, by NumPy and zlib; no hardware library takes part."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..generators.generator import Generator
from ..numbers.beat_layout import BeatLayout
from ..numbers.stream import Beats
from .parameters import WORD_BITS, word_count

_BITS_AT_ONCE = 1 << 24
_WORD_BYTES = WORD_BITS // 8


def golden_crcs(
    generator: Generator,
    on_cycles: Callable[[int], object] = lambda cycles: None,
) -> tuple[int, ...]:
    """The CRC-32 of each 32-bit word of a generator's beats over its joint orbit.

    Beat t is laid out by `BeatLayout` and filled up with zeros to whole words. CRC k is zlib's
    ``crc32`` of word k of beat 0, of beat 1, and so on, each as four bytes, the lowest first.

    Parameters
    ----------
    generator : Generator
        The generator.
    on_cycles : callable
        Is told now and then how many cycles were done since it was told last.
    """
    stream = generator.stream()
    layout = BeatLayout.of(generator.parameters)
    crcs = [0] * word_count(generator)
    most = max(1, _BITS_AT_ONCE // layout.width)
    for start in range(0, stream.orbit, most):
        beats = stream.window(start, min(most, stream.orbit - start))
        words = _words(beats, layout, len(crcs))
        crcs = [zlib.crc32(words[:, k].tobytes(), crc) for k, crc in enumerate(crcs)]
        on_cycles(len(beats))
    return tuple(crcs)


def _words(beats: Beats, layout: BeatLayout, words: int) -> NDArray[np.uint8]:
    """The bytes of every word of every beat, shape (N, words, 4)."""
    bits = np.zeros((len(beats), words * WORD_BITS), dtype=np.uint8)
    lanes = layout.lanes * layout.lane_bits
    bits[:, :lanes] = _bits(beats.mantissa, layout.lane_bits)
    bits[:, lanes : layout.width] = _bits(beats.code[:, None], layout.code_bits)
    packed = np.packbits(bits, axis=1, bitorder="little")
    return packed.reshape(len(beats), words, _WORD_BYTES)


def _bits(numbers: NDArray[np.int32] | NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    """Two's complement bits of each row's numbers, side by side, the lowest first."""
    bits = (numbers.astype(np.int32)[:, :, None] >> np.arange(width)) & 1
    return bits.reshape(len(numbers), -1).astype(np.uint8)
