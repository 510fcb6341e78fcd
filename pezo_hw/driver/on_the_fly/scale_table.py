"""The scale table of new seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..deadline import Deadline
from ..lfsr import orbit
from ..scaling import Scaling
from .bank import Bank


def scale_table(
    bank: Bank, seeds: Sequence[int], scaling: Scaling, deadline: Deadline | None = None
) -> tuple[NDArray[np.uint8], int]:
    """The codes, addressed by RNG 0's state, and the exponent that code 0 stands for.

    All RNGs move in lockstep, so the norm of what they show is a function of RNG 0's state, and no
    matter how many steps a cycle has. Entry 0, which no state reaches, is 0. Takes about n * 2^b
    steps of NumPy; raises DeviceTimeoutError where that ends after the deadline.
    """
    states = orbit(bank.lfsr)
    exponents = _rounded_exponents(_norms(bank, states, seeds, deadline), len(seeds), scaling)
    highest = (1 << scaling.code_bits) - 1
    base = _base(exponents, highest)
    codes = np.zeros(bank.period + 1, dtype=np.uint8)
    codes[states] = np.clip(exponents - base, 0, highest)
    return codes, base


def _norms(
    bank: Bank, states: NDArray[np.uint32], seeds: Sequence[int], deadline: Deadline | None
) -> NDArray[np.float64]:
    """The norm over all RNGs where RNG 0 is at each place of the orbit."""
    signed = states.astype(np.int64)
    signed -= (signed >> (bank.width - 1)) << bank.width
    squares = (2 * signed + 1 if bank.midrise else signed) ** 2
    place = np.zeros(bank.period + 1, dtype=np.int64)
    place[states] = np.arange(bank.period)
    total = np.zeros_like(squares)
    for seed in seeds:
        if deadline is not None:
            deadline.check("the scale table")
        total += np.roll(squares, place[seeds[0]] - place[seed])
    return np.sqrt(np.ldexp(total.astype(np.float64), -2 * bank.state_frac))


def _rounded_exponents(
    norms: NDArray[np.float64], rngs: int, scaling: Scaling
) -> NDArray[np.int64]:
    """The powers of two nearest to E / norm / gain, E the norm expected of Gaussian numbers."""
    difference = math.lgamma((rngs + 1) / 2) - math.lgamma(rngs / 2)
    expected = math.exp(0.5 * math.log(2) + difference)
    fraction, exponent = np.frexp(expected / norms / scaling.gain)
    threshold = 0.75 if scaling.rounding == "nearest" else math.sqrt(2) / 2
    return exponent.astype(np.int64) - 1 + (fraction >= threshold)


def _base(exponents: NDArray[np.int64], highest: int) -> int:
    """The smallest base with which the most exponents have a code of their own."""
    low = int(exponents.min())
    counts = np.bincount(exponents - low)
    if len(counts) <= highest + 1:
        return low
    covered = np.convolve(counts, np.ones(highest + 1, dtype=np.int64), mode="valid")
    return low + int(np.argmax(covered))
