"""Loads of a pool in copies at random."""

from __future__ import annotations

import numpy as np

from ..replay.load_stimulus import LoadStimulus, any_bits
from ..replay.options import LOAD_WORD_BITS
from .copy_load_words import start_words
from .parameters import PreGeneratedParameters


class CopyLoadStimulus(LoadStimulus):
    """Starts anywhere, addresses of none, any numbers; whatever lies above a number."""

    def __init__(self, generator: PreGeneratedParameters, *, has_contents: bool) -> None:
        super().__init__(word_bits=generator.load_word_bits, has_contents=has_contents)
        self._generator = generator

    def _any_parts(self, random: np.random.Generator, *, contents: bool) -> list[list[int]]:
        generator = self._generator
        number = int(random.integers(generator.pool))
        address, _ = start_words(generator, number + generator.pool * 10**9)
        match int(random.integers(8)):
            case 0:
                address = any_bits(random, generator.address_bits + 1)
            case 1:
                address = any_bits(random, LOAD_WORD_BITS)
            case 2:
                address = generator.pool
        if not contents:
            return [[address]]
        numbers = random.integers(1 << LOAD_WORD_BITS, size=generator.pool)
        return [[address], numbers.tolist()]
