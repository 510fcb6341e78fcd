"""Loads of an on-the-fly generator at random."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..replay.load_stimulus import LoadStimulus, any_bits
from ..replay.options import LOAD_WORD_BITS
from .load_words import contents_words, phase_words
from .parameters import OnTheFlyParameters

_FAR = 10**12


class OnTheFlyLoadStimulus(LoadStimulus):
    """Cycles up to 10^12, other seeds, and words that are almost right."""

    def __init__(self, generator: OnTheFlyParameters, *, has_contents: bool) -> None:
        super().__init__(word_bits=generator.load_word_bits, has_contents=has_contents)
        self._built = generator
        self._latest = generator

    def _any_parts(self, random: np.random.Generator, *, contents: bool) -> list[list[int]]:
        if contents:
            self._latest = self._with_other_seeds(random)
        generator = self._latest
        cycle = int(random.integers(_FAR)) if random.integers(4) else 0
        words = phase_words(generator, cycle)[:-1]
        match int(random.integers(6)):
            case 0:
                words = _with_one_changed(words, generator.width + generator.entry_bits, random)
            case 1:
                words = self._with_twins(words, random)
            case 2:
                words = [word & generator.lfsr.period for word in words]
        unused = generator.width + generator.entry_bits
        words = [word | any_bits(random, LOAD_WORD_BITS) >> unused << unused for word in words]
        stores = contents and generator.has_table
        return [words, self._codes_of(generator)] if stores else [words]

    def _with_other_seeds(self, random: np.random.Generator) -> OnTheFlyParameters:
        states = 1 + random.choice(self._built.lfsr.period, self._built.rngs, replace=False)
        return replace(self._built, seed=None, seeds=states.tolist())

    def _codes_of(self, generator: OnTheFlyParameters) -> list[int]:
        """Its table, within what a shifter in the hardware has room for."""
        codes = contents_words(generator)[-(1 << generator.width) - 1 : -1]
        if not generator.scaling.is_shifted:
            return codes
        highest = int(self._built.scale_table.codes.max())
        return [min(code, highest) for code in codes]

    def _with_twins(self, words: list[int], random: np.random.Generator) -> list[int]:
        """An RNG that has become another one, in all its words."""
        lfsr, rngs = self._built.lfsr, self._built.rngs
        one, other = random.choice(rngs, 2, replace=False).tolist()
        twins = words.copy()
        for index in range(one, len(words), rngs):
            state = lfsr.advance(words[other] & lfsr.period, index - other)
            twins[index] = words[index] & ~lfsr.period | state
        return twins


def _with_one_changed(words: list[int], bits: int, random: np.random.Generator) -> list[int]:
    """One bit of one word flipped, or that word cleared."""
    index = int(random.integers(len(words)))
    flipped = words[index] ^ 1 << int(random.integers(bits))
    return [*words[:index], flipped if random.integers(2) else 0, *words[index + 1 :]]
