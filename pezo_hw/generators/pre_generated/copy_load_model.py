"""Loads of a pool in copies: another start, or all of its numbers."""

from __future__ import annotations

import numpy as np

from ..replay.load_model import Jump, LoadModel
from .model import PreGeneratedStream
from .parameters import PreGeneratedParameters


class CopyLoads(LoadModel):
    """An address is accepted where a number lies there; contents are the whole pool.

    Each number is stored in every copy, so that a part of the pool alone could not be replaced
    without the copies being at odds meanwhile.

    Parameters
    ----------
    generator : PreGeneratedParameters
        The pool.
    has_contents : bool
        Whether its numbers can be loaded, or only where to start.
    """

    def __init__(self, generator: PreGeneratedParameters, *, has_contents: bool) -> None:
        super().__init__(
            PreGeneratedStream(generator),
            has_contents=has_contents,
            staged_words=1,
            stored_words=generator.pool,
            word_bits=generator.load_word_bits,
            check_cycles=0,
            drain_cycles=generator.copies.count,
        )
        self._generator = generator
        self._order = generator.copies.order
        self._numbers: list[int] = []
        self._incomplete = False

    @property
    def needed(self) -> bool:
        return self._incomplete

    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        return self._order.number_at(words[0]) is not None

    def _store(self, index: int, word: int) -> None:
        width = self._generator.width
        number = word & ((1 << width) - 1)
        signed = number - (number >> (width - 1) << width)
        self._numbers = [*self._numbers, signed] if index else [signed]
        self._incomplete = True

    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        return Jump(position=self._order.number_at(words[0]))

    def _finish(self, *, contents: bool) -> None:
        if not contents:
            return
        start = self._order.number_at(self._staged[0]) or 0
        pool = np.empty(len(self._numbers), dtype=np.int32)
        pool[(start - np.arange(len(pool))) % len(pool)] = self._numbers
        self._add(PreGeneratedStream(self._generator, pool=pool))
        self._incomplete = False

    def _reset(self) -> None:
        """The pool, and what of it is missing, stays as it is."""
