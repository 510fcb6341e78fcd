"""How the scale factor of a cycle is rounded and coded."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ... import checks

MODES = ("adaptive", "constant")
ROUNDINGS = ("nearest", "log-nearest")
OUTPUTS = ("shared-exponent", "fixed-point")
SMALLEST_GAIN, LARGEST_GAIN = 1e-300, 1e300


@dataclass(frozen=True, kw_only=True)
class ScalingParameters:
    """Powers of two for s_t = E_n / norm_t (paper, section 3.2 and equation 5).

    Parameters
    ----------
    mode : str
        ``"adaptive"`` has an exponent for every cycle, from a table (the paper); ``"constant"`` one
        for all of them: no table, and no code.
    rounding : str
        ``"nearest"`` rounds s to the nearer of 2^k and 2^(k+1), ``"log-nearest"`` rounds its
        logarithm.
    gain : float
        g > 0: s / g is rounded instead of s, and every value multiplied by g. It centres the grid
        of powers of two at no hardware cost, since the consumer folds g into its epsilon.
    code_bits : int
        c, 1 to 8: bits of an exponent code; nothing depends on it where there are no codes.
    output : str
        ``"shared-exponent"`` puts out mantissas and the code that a beat shares (block floating
        point, for the consumer's shifter); ``"fixed-point"`` shifts every mantissa by its code in
        the core and puts out no code. The values are the same. With a constant exponent there is
        nothing to shift, and it only counts the exponent among the fraction bits.

    Examples
    --------
    >>> from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
    >>> ScalingParameters(gain=1.2).highest_code
    3
    >>> ScalingParameters(gain=0)
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: gain = 0 is not allowed; allowed: a positive number from ...
    """

    rounding: str = "nearest"
    gain: float = 1.0
    code_bits: int = 2
    output: str = "shared-exponent"
    mode: str = "adaptive"

    def __post_init__(self) -> None:
        checks.choice("mode", self.mode, MODES)
        checks.choice("rounding", self.rounding, ROUNDINGS)
        checks.choice("output", self.output, OUTPUTS)
        gain = checks.positive_real("gain", self.gain, SMALLEST_GAIN, LARGEST_GAIN)
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "code_bits", checks.integer("code_bits", self.code_bits, 1, 8))

    @property
    def is_adaptive(self) -> bool:
        """Whether there is an exponent for every cycle, and with it a table of codes."""
        return self.mode == "adaptive"

    @property
    def is_fixed_point(self) -> bool:
        """Whether the fraction bits of a mantissa at the pins say all that it is worth."""
        return self.output == "fixed-point"

    @property
    def is_shifted(self) -> bool:
        """Whether the core shifts the mantissas itself."""
        return self.is_fixed_point and self.is_adaptive

    @property
    def highest_code(self) -> int:
        """2^c - 1."""
        return (1 << self.code_bits) - 1

    def exponents_of(self, scales: NDArray[np.float64]) -> NDArray[np.int64]:
        """The exponent of the power of two that each scale, over the gain, rounds to."""
        fraction, exponent = np.frexp(scales / self.gain)
        threshold = 0.75 if self.rounding == "nearest" else math.sqrt(2) / 2
        exponents: NDArray[np.int64] = exponent.astype(np.int64) - 1 + (fraction >= threshold)
        return exponents
