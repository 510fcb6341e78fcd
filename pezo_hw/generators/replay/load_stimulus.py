"""Loads at random: good ones, bad ones, and ones that are given up."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from .load_check import CHECK_BITS, with_check_word
from .load_model import LoadInputs, LoadPins
from .options import LOAD_WORD_BITS


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
            self._word = self._words.pop(0) if self._words else any_bits(random, LOAD_WORD_BITS)
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


def any_bits(random: np.random.Generator, bits: int) -> int:
    """A number of so many random bits."""
    return int(random.integers(1 << bits))


def _disturbed(words: list[int], random: np.random.Generator) -> list[int]:
    """Some of the 32 bits of some words flipped, check words among them."""
    words = words.copy()
    for _ in range(int(random.integers(1, 4))):
        words[int(random.integers(len(words)))] ^= 1 << int(random.integers(LOAD_WORD_BITS))
    return words
