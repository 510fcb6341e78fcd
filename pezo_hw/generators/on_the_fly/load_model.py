"""Loads of an on-the-fly generator: what words mean, and what a table that is written does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..replay.load_model import Jump, LoadModel
from .history_window import HistoryWindow
from .model import OnTheFlyStream
from .parameters import OnTheFlyParameters


class OnTheFlyLoads(LoadModel):
    """Words are accepted where some seeds and some cycle explain them.

    Parameters
    ----------
    generator : OnTheFlyParameters
        The generator.
    has_contents : bool
        Whether seeds and table can be loaded, or only another start.
    """

    def __init__(self, generator: OnTheFlyParameters, *, has_contents: bool) -> None:
        fed = HistoryWindow.of(generator).fed
        super().__init__(
            OnTheFlyStream(generator),
            has_contents=has_contents,
            staged_words=fed,
            stored_words=1 << generator.width,
            word_bits=generator.load_word_bits,
            check_cycles=fed * (fed + 5) // 2,
        )
        self._generator = generator
        self._codes = generator.scale_table.codes.copy()
        self._overwritten = self._fits = False

    @property
    def needed(self) -> bool:
        return self._overwritten and not self._fits

    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        return explain(self._generator, words) is not None

    def _store(self, index: int, word: int) -> None:
        self._codes[index] = word & self._generator.scaling.highest_code
        self._overwritten, self._fits = True, False

    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        explained = explain(self._generator, words)
        if explained is None:
            raise ValueError("the words of no RNGs: they should have been refused")
        seeds, cycle = explained
        loaded = replace(self._generator, seed=None, seeds=seeds)
        self._add(OnTheFlyStream(loaded, codes=self._codes.copy()))
        return Jump(position=cycle)

    def _finish(self, *, contents: bool) -> None:
        self._fits = self._fits or contents

    def _reset(self) -> None:
        self.source, self._fits = 0, False


def explain(generator: OnTheFlyParameters, words: list[int]) -> tuple[tuple[int, ...], int] | None:
    """Seeds and a cycle below n whose words these are; None where no RNGs could have made them.

    Of the oldest words, the tracker's bits that leave it before the first beat do not matter.
    """
    n, fed, latency = generator.rngs, len(words), generator.latency
    behind = latency - generator.table_latency
    orbit, period = generator.orbit, generator.lfsr.period
    states = np.array([word & period for word in words])
    if not states.all():
        return None
    # Where in the orbit each word's RNG was in the cycle of word 0.
    phases = ((orbit.phases[states] - np.arange(fed)) % period).tolist()
    if len(set(phases)) != n or any(phases[e] != phases[e % n] for e in range(fed)):
        return None
    matters = _bits_of_tracker(generator, [word >> generator.width for word in words])
    for e0 in range(n):
        entries = orbit.states[(phases[e0] + np.arange(fed) + generator.table_latency) % period]
        if _bits_of_tracker(generator, entries.tolist()) == matters:
            cycle = (fed - behind - e0) % n
            first = cycle - fed + behind
            seeds = [0] * n
            for e in range(n):
                at_zero = int(orbit.states[(phases[e] - first - 1) % period])
                seeds[(first + e) % n] = at_zero
            return tuple(seeds), cycle
    return None


def _bits_of_tracker(generator: OnTheFlyParameters, entries: list[int]) -> str:
    """What enters the tracker, bit by bit, from the first bit on that is still there at the end."""
    bits = generator.entry_bits
    text = "".join(f"{entry & ((1 << bits) - 1):0{bits}b}" for entry in entries)
    return text[-generator.width % bits :]
