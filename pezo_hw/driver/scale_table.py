"""The scale table of new seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .deadline import Deadline
from .errors import ArgumentError
from .lfsr import orbit
from .shape import Shape

ROUNDINGS = ("nearest", "log-nearest")
_GAINS = (1e-300, 1e300)
_MOST_CODE_BITS = 8


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """How a scale factor becomes a code; the keys of the config's ``[scaling]`` section.

    Attributes
    ----------
    rounding : str
        ``"nearest"`` or ``"log-nearest"``.
    gain : float
        Every value is multiplied by it, and the scale factor divided before it is rounded.
    code_bits : int
        Bits of a code in the table, 1 to 8.
    """

    rounding: str = "nearest"
    gain: float = 1.0
    code_bits: int = 2

    def __post_init__(self) -> None:
        if self.rounding not in ROUNDINGS:
            self._refuse("rounding", '"nearest" or "log-nearest"')
        low, high = _GAINS
        if not low <= self.gain <= high:
            self._refuse("gain", f"a positive number from {low:g} to {high:g}")
        if not 1 <= self.code_bits <= _MOST_CODE_BITS:
            self._refuse("code_bits", f"an integer from 1 to {_MOST_CODE_BITS}")

    def _refuse(self, name: str, allowed: str) -> None:
        raise ArgumentError(f"{name} = {getattr(self, name)} is not allowed; allowed: {allowed}")


def scale_table(
    shape: Shape, seeds: Sequence[int], scaling: Scaling, deadline: Deadline | None = None
) -> tuple[NDArray[np.uint8], int]:
    """The codes, addressed by RNG 0's state, and the exponent that code 0 stands for.

    All RNGs move in lockstep, so the norm of what they show is a function of RNG 0's state, and no
    matter how many steps a cycle has. Entry 0, which no state reaches, is 0. Takes about n * 2^b
    steps of NumPy; raises DeviceTimeoutError where that ends after the deadline.
    """
    states = orbit(shape)
    exponents = _rounded_exponents(_norms(shape, states, seeds, deadline), len(seeds), scaling)
    highest = (1 << scaling.code_bits) - 1
    base = _base(exponents, highest)
    codes = np.zeros(shape.period + 1, dtype=np.uint8)
    codes[states] = np.clip(exponents - base, 0, highest)
    return codes, base


def _norms(
    shape: Shape, states: NDArray[np.uint32], seeds: Sequence[int], deadline: Deadline | None
) -> NDArray[np.float64]:
    """The norm over all RNGs where RNG 0 is at each place of the orbit."""
    signed = states.astype(np.int64)
    signed -= (signed >> (shape.width - 1)) << shape.width
    squares = (2 * signed + 1 if shape.midrise else signed) ** 2
    place = np.zeros(shape.period + 1, dtype=np.int64)
    place[states] = np.arange(shape.period)
    total = np.zeros_like(squares)
    for seed in seeds:
        if deadline is not None:
            deadline.check("the scale table")
        total += np.roll(squares, place[seeds[0]] - place[seed])
    return np.sqrt(np.ldexp(total.astype(np.float64), -2 * shape.state_frac))


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
