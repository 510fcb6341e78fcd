"""Loads of a pool at random, of one in rows and of one in copies."""

from __future__ import annotations

import numpy as np

from ..replay.load_stimulus import LoadStimulus, any_bits
from ..replay.options import LOAD_WORD_BITS
from .copy_load_words import start_words
from .parameters import PreGeneratedParameters
from .row_load_model import RowLoads
from .row_load_words import row_address_words, row_words


class RowLoadStimulus(LoadStimulus):
    """Rows anywhere, addresses of none, any numbers; a incomplete row is seldom left as it is."""

    def __init__(
        self, generator: PreGeneratedParameters, model: RowLoads, *, has_contents: bool
    ) -> None:
        super().__init__(word_bits=generator.load_word_bits, has_contents=has_contents)
        self._generator = generator
        self._model = model

    def _any_parts(self, random: np.random.Generator, *, contents: bool) -> list[list[int]]:
        generator = self._generator
        row = int(random.integers(generator.rows))
        half = 1 << (generator.width - 1)
        numbers = random.integers(-half, half, generator.lanes).tolist()
        address, _ = row_address_words(generator, row + generator.rows * 10**9)
        if self._model.incomplete is not None and random.random() < 3 / 4:
            address = self._model.incomplete
        match int(random.integers(8)):
            case 0:
                address = any_bits(random, generator.address_sequence.address_bits + 1)
            case 1:
                address = any_bits(random, LOAD_WORD_BITS)
        if not contents:
            return [[address]]
        stored = row_words(generator, row, numbers)[2:-1]
        unused = [any_bits(random, LOAD_WORD_BITS) >> generator.width for _ in stored]
        upper = [bits << generator.width for bits in unused]
        return [[address], [low | high for low, high in zip(stored, upper, strict=True)]]


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
