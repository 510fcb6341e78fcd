"""Loads at random: good ones, bad ones, and ones that are given up."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from .load_model import LoadInputs, LoadPins
from .options import LOAD_WORD_BITS


class LoadStimulus(ABC):
    """Moves the pins of a load, cycle by cycle; words come with gaps, and wait until taken.

    A load begins soon after the last one; one in four is given up for another after some of its
    words, and any may be at any time. Whether a load is good is for the model to say.

    Parameters
    ----------
    has_contents : bool
        Whether contents can be loaded; they are asked for in any case.
    """

    def __init__(self, *, has_contents: bool) -> None:
        self._has_contents = has_contents
        self._words: list[int] = []
        self._word: int | None = None
        self._kept = 0

    @abstractmethod
    def _any_words(self, random: np.random.Generator, *, contents: bool) -> list[int]:
        """The words of some load."""

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
