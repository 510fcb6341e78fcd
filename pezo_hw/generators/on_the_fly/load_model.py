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
        words = HistoryWindow.of(generator).prefill
        super().__init__(
            OnTheFlyStream(generator),
            has_contents=has_contents,
            staged_words=words,
            stored_words=1 << generator.width if generator.has_table else 0,
            word_bits=generator.load_word_bits,
            check_cycles=words * (words + 5) // 2,
        )
        self._generator = generator
        self._codes = generator.scale_table.codes.copy() if generator.has_table else None
        self._overwritten = self._table_valid = False

    @property
    def needed(self) -> bool:
        return self._overwritten and not self._table_valid

    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        return explain(self._generator, words) is not None

    def _store(self, index: int, word: int) -> None:
        if self._codes is not None:
            self._codes[index] = word & self._generator.scaling.highest_code
        self._overwritten, self._table_valid = True, False

    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        explained = explain(self._generator, words)
        if explained is None:
            raise ValueError("the words of no RNGs: they should have been refused")
        seeds, cycle = explained
        loaded = replace(self._generator, seed=None, seeds=seeds)
        codes = None if self._codes is None else self._codes.copy()
        self._add(OnTheFlyStream(loaded, codes=codes))
        return Jump(position=cycle)

    def _finish(self, *, contents: bool) -> None:
        self._table_valid = self._table_valid or contents

    def _reset(self) -> None:
        self.source, self._table_valid = 0, False


def explain(generator: OnTheFlyParameters, words: list[int]) -> tuple[tuple[int, ...], int] | None:
    """Seeds and a cycle below n whose words these are; None where no RNGs could have made them.

    Of the oldest words, the tracker's bits that leave it before the first beat do not matter.
    Without a tracker any of the RNGs may be called RNG 0: here it is that of word 0.
    """
    n, count = generator.rngs, len(words)
    orbit, period = generator.orbit, generator.lfsr.period
    states = np.array([word & period for word in words])
    if not states.all():
        return None
    # Where in the orbit each word's RNG was in the cycle of word 0.
    phases = ((orbit.phases[states] - np.arange(count)) % period).tolist()
    if len(set(phases)) != n or any(phases[e] != phases[e % n] for e in range(count)):
        return None
    of_rng_0 = _word_of_rng_0(generator, words, phases) if generator.has_table else 0
    if of_rng_0 is None:
        return None
    shifter = generator.latency - generator.bank_latency
    cycle = (count - shifter - of_rng_0) % n
    first = cycle - count + shifter
    seeds = [0] * n
    for e in range(n):
        seeds[(first + e) % n] = int(orbit.states[(phases[e] - first - 1) % period])
    return tuple(seeds), cycle


def _word_of_rng_0(
    generator: OnTheFlyParameters, words: list[int], phases: list[int]
) -> int | None:
    """The first of n words whose RNG the tracker follows; None where it follows none."""
    orbit, period = generator.orbit, generator.lfsr.period
    matters = _bits_of_tracker(generator, [word >> generator.width for word in words])
    edges = np.arange(len(words)) + generator.bank_latency
    for e0 in range(generator.rngs):
        entries = orbit.states[(phases[e0] + edges) % period]
        if _bits_of_tracker(generator, entries.tolist()) == matters:
            return e0
    return None


def _bits_of_tracker(generator: OnTheFlyParameters, entries: list[int]) -> str:
    """What enters the tracker, bit by bit, from the first bit on that is still there at the end."""
    bits = generator.entry_bits
    text = "".join(f"{entry & ((1 << bits) - 1):0{bits}b}" for entry in entries)
    return text[-generator.width % bits :]
