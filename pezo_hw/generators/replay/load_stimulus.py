"""Loads at random: good ones, bad ones, and ones that are given up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from ..on_the_fly.load_words import contents_words, phase_words, row_words
from ..on_the_fly.parameters import OnTheFlyParameters
from ..pre_generated.load_model import RowLoads
from ..pre_generated.parameters import PreGeneratedParameters
from .load_check import CHECK_BITS, load_word_bits, with_check_word
from .load_model import LoadInputs, LoadPins
from .options import LOAD_WORD_BITS

_FAR = 10**12


class LoadStimulus(ABC):
    """Moves the pins of a load, cycle by cycle; words come with gaps, and wait until taken.

    A load begins soon after the last one; one in four is given up for another after some of its
    words, and any may be at any time. One in eight has words that are not what was meant. Whether a
    load is good is for the model to say.

    Parameters
    ----------
    word_bits : int
        The bits of the widest word; the check does not look at upper halves beyond it.
    has_contents : bool
        Whether contents can be loaded; they are asked for in any case.
    """

    def __init__(self, *, word_bits: int, has_contents: bool) -> None:
        self._has_contents = has_contents
        self._looked_at = (1 << (CHECK_BITS if word_bits <= CHECK_BITS else LOAD_WORD_BITS)) - 1
        self._words: list[int] = []
        self._word: int | None = None
        self._kept = 0

    @abstractmethod
    def _any_parts(self, random: np.random.Generator, *, contents: bool) -> list[list[int]]:
        """The words of some load, part by part, without check words."""

    def _any_words(self, random: np.random.Generator, *, contents: bool) -> list[int]:
        """The words of some load, mostly as they were meant."""
        parts = self._any_parts(random, contents=contents)
        words = []
        for part in parts:
            *_, check = with_check_word(word & self._looked_at for word in part)
            words += [*part, check]
        return words if random.integers(8) else _disturbed(words, random)

    def any_load(self, random: np.random.Generator) -> tuple[bool, list[int]]:
        """Whether some load is of contents, and its words."""
        contents = bool(random.integers(2))
        return contents, self._any_words(random, contents=contents and self._has_contents)

    def inputs(self, pins: LoadPins, random: np.random.Generator) -> LoadInputs:
        """The pins in the cycle in which the hardware shows ``pins``."""
        if self._word is None and random.random() < 0.8:
            self._word = self._words.pop(0) if self._words else _any_bits(random, LOAD_WORD_BITS)
        begin = bool(random.random() < (1 / 500 if pins.busy else 1 / 30))
        if pins.ready and len(self._words) < self._kept:
            begin, self._kept = True, 0
        contents = bool(random.integers(2))
        inputs = LoadInputs(begin=begin, contents=contents, word=self._word)
        if pins.ready:
            self._word = None
        if begin:
            self._word = None
            self._words = self._any_words(random, contents=contents and self._has_contents)
            self._kept = int(random.integers(len(self._words))) * int(random.random() < 1 / 4)
        return inputs


class OnTheFlyLoadStimulus(LoadStimulus):
    """Cycles up to 10^12, other seeds, and words that are almost right."""

    def __init__(self, generator: OnTheFlyParameters, *, has_contents: bool) -> None:
        super().__init__(word_bits=load_word_bits(generator), has_contents=has_contents)
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
        words = [word | _any_bits(random, LOAD_WORD_BITS) >> unused << unused for word in words]
        return [words, self._codes_of(generator)] if contents else [words]

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


class RowLoadStimulus(LoadStimulus):
    """Rows anywhere, addresses of none, any numbers; a torn row is seldom left as it is."""

    def __init__(
        self, generator: PreGeneratedParameters, model: RowLoads, *, has_contents: bool
    ) -> None:
        super().__init__(word_bits=load_word_bits(generator), has_contents=has_contents)
        self._generator = generator
        self._model = model

    def _any_parts(self, random: np.random.Generator, *, contents: bool) -> list[list[int]]:
        generator = self._generator
        row = int(random.integers(generator.rows))
        half = 1 << (generator.width - 1)
        numbers = random.integers(-half, half, generator.lanes).tolist()
        address, _ = phase_words(generator, row + generator.rows * 10**9)
        if self._model.torn is not None and random.random() < 3 / 4:
            address = self._model.torn
        match int(random.integers(8)):
            case 0:
                address = _any_bits(random, generator.address_sequence.address_bits + 1)
            case 1:
                address = _any_bits(random, LOAD_WORD_BITS)
        if not contents:
            return [[address]]
        stored = row_words(generator, row, numbers)[2:-1]
        unused = [_any_bits(random, LOAD_WORD_BITS) >> generator.width for _ in stored]
        upper = [bits << generator.width for bits in unused]
        return [[address], [low | high for low, high in zip(stored, upper, strict=True)]]


def _any_bits(random: np.random.Generator, bits: int) -> int:
    return int(random.integers(1 << bits))


def _disturbed(words: list[int], random: np.random.Generator) -> list[int]:
    """Some of the 32 bits of some words flipped, check words among them."""
    words = words.copy()
    for _ in range(int(random.integers(1, 4))):
        words[int(random.integers(len(words)))] ^= 1 << int(random.integers(LOAD_WORD_BITS))
    return words


def _with_one_changed(words: list[int], bits: int, random: np.random.Generator) -> list[int]:
    """One bit of one word flipped, or that word cleared."""
    index = int(random.integers(len(words)))
    flipped = words[index] ^ 1 << int(random.integers(bits))
    return [*words[:index], flipped if random.integers(2) else 0, *words[index + 1 :]]
