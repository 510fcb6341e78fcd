"""The modulus scale: a power of two for every state of RNG 0, or one for all of them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint
from ...numbers.perturbation import expected_gaussian_norm
from .bank import BankParameters
from .lfsr import Orbit
from .scaling import ScalingParameters

_FEW_SHIFTS = 256
_BITS_AT_ONCE = 12


class ScaleTable:
    """Exponent codes addressed by the state of RNG 0, and what they were rounded from.

    All RNGs move in lockstep, so the states of all of them, and with them the norm, are functions
    of RNG 0's state.

    Parameters
    ----------
    bank : BankParameters
        The RNGs with their seeds.
    state_format : FixedPoint
        What the mantissa of a state means.
    scaling : ScalingParameters
        How a scale is rounded and coded.
    orbit : Orbit
        That of one RNG.

    Attributes
    ----------
    codes : ndarray of uint8, shape (2^b,)
        What the table holds; entries that no state reaches are 0.
    base : int
        Code c stands for the exponent base + c.
    exponents : ndarray of int64, shape (2^b - 1,)
        e_t before coding, for the cycles of one orbit of RNG 0 from its seed.
    scales : ndarray of float64, shape (2^b - 1,)
        s_t, unrounded and without gain, for the same cycles.

    Examples
    --------
    >>> import pezo_hw
    >>> table = pezo_hw.load("paper-roberta").parameters.scale_table
    >>> len(table.codes), table.base, table.histogram()
    (256, 0, {0: 7, 1: 248})
    """

    def __init__(
        self,
        *,
        bank: BankParameters,
        state_format: FixedPoint,
        scaling: ScalingParameters,
        orbit: Orbit,
    ) -> None:
        self.scales = expected_gaussian_norm(bank.rngs) / _norms(bank, state_format, orbit)
        self.exponents = scaling.exponents_of(self.scales)
        self.base = _base(self.exponents, scaling.highest_code)
        self._highest_code = scaling.highest_code
        self.codes = np.zeros(bank.lfsr.period + 1, dtype=np.uint8)
        cycle_codes = np.clip(self.exponents - self.base, 0, scaling.highest_code)
        first = orbit.phases[bank.seeds[0]]
        self.codes[np.roll(orbit.states, -first)] = cycle_codes

    @property
    def saturated_share(self) -> float:
        """The share of cycles whose exponent lies outside what the codes can say."""
        past = self.exponents - self.base
        return float(np.mean((past < 0) | (past > self._highest_code)))

    def histogram(self) -> dict[int, int]:
        """How many cycles of the orbit want each exponent, before coding."""
        exponents, counts = np.unique(self.exponents, return_counts=True)
        return dict(zip(exponents.tolist(), counts.tolist(), strict=True))


def mean_square_norm(rngs: int, state_format: FixedPoint, orbit: Orbit) -> float:
    """The mean over the orbit of the sum of value² over n RNGs.

    Over an orbit every RNG visits every state, so that the mean is n times that over the states,
    whatever the seeds. The sum is one of integers, exact, and the quotient is rounded once.
    """
    squares = orbit.mantissas(state_format).astype(np.int64) ** 2
    mean = rngs * int(squares.sum()) / len(orbit)
    return math.ldexp(mean, -2 * state_format.frac)


def constant_exponent(
    *, rngs: int, state_format: FixedPoint, scaling: ScalingParameters, orbit: Orbit
) -> int:
    """The exponent e of all cycles: that of s = E_n / √(mean over the orbit of the norm²).

    Parameters
    ----------
    rngs : int
        n.
    state_format : FixedPoint
        What the mantissa of a state means.
    scaling : ScalingParameters
        How s is rounded.
    orbit : Orbit
        That of one RNG.

    Examples
    --------
    >>> import pezo_hw
    >>> pezo_hw.load("wide").parameters.base  # s = 1.73, over a gain of 0.8
    1
    """
    scale = expected_gaussian_norm(rngs) / math.sqrt(mean_square_norm(rngs, state_format, orbit))
    return int(scaling.exponents_of(np.array([scale]))[0])


def _norms(bank: BankParameters, state_format: FixedPoint, orbit: Orbit) -> NDArray[np.float64]:
    """The norm over all n RNGs at each cycle of one orbit; sums of squares are exact integers."""
    squares = orbit.mantissas(state_format).astype(np.int64) ** 2
    total = _sums_of_shifted(squares, orbit.phases[list(bank.seeds)])
    return np.sqrt(np.ldexp(total.astype(np.float64), -2 * state_format.frac))


def _sums_of_shifted(numbers: NDArray[np.int64], shifts: NDArray[np.int64]) -> NDArray[np.int64]:
    """At index t the sum of ``numbers[t + s]`` over all shifts s, indices going round; exact.

    Many shifts go through a Fourier transform, 12 bits of the numbers at a time: a sum is then
    below 2^30, and float64 within a millionth of it.
    """
    if len(shifts) <= _FEW_SHIFTS:
        total = np.zeros_like(numbers)
        for shift in shifts.tolist():
            total += np.roll(numbers, -shift)
        return total
    counts = np.bincount(shifts, minlength=len(numbers))
    spectrum = np.conj(np.fft.rfft(counts))
    total = np.zeros_like(numbers)
    for low in range(0, int(numbers.max()).bit_length(), _BITS_AT_ONCE):
        part = numbers >> low & (1 << _BITS_AT_ONCE) - 1
        sums = np.fft.irfft(np.fft.rfft(part) * spectrum, n=len(numbers))
        total += np.rint(sums).astype(np.int64) << low
    return total


def _base(exponents: NDArray[np.int64], highest_code: int) -> int:
    """The smallest base with which the most exponents can be coded exactly."""
    low, high = int(exponents.min()), int(exponents.max())
    if high - low <= highest_code:
        return low
    counts = np.bincount(exponents - low)
    covered = np.convolve(counts, np.ones(highest_code + 1, dtype=np.int64), mode="valid")
    return low + int(np.argmax(covered))
