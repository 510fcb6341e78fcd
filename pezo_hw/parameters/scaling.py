"""How the scale factor of a cycle is rounded and coded."""

from __future__ import annotations

from dataclasses import dataclass

from . import checks

ROUNDINGS = ("nearest", "log-nearest")
SMALLEST_GAIN, LARGEST_GAIN = 1e-300, 1e300


@dataclass(frozen=True, kw_only=True)
class ScalingParameters:
    """Powers of two for s_t = E_n / norm_t (paper, section 3.2 and equation 5).

    Parameters
    ----------
    rounding : str
        ``"nearest"`` rounds s to the nearer of 2^k and 2^(k+1), ``"log-nearest"`` rounds its
        logarithm.
    gain : float
        g > 0: s / g is rounded instead of s, and every value multiplied by g. It centres the grid
        of powers of two at no hardware cost, since the consumer folds g into its epsilon.
    code_bits : int
        c, 1 to 8: bits of an exponent code.
    """

    rounding: str = "nearest"
    gain: float = 1.0
    code_bits: int = 2

    def __post_init__(self) -> None:
        checks.choice("rounding", self.rounding, ROUNDINGS)
        gain = checks.positive_real("gain", self.gain, SMALLEST_GAIN, LARGEST_GAIN)
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "code_bits", checks.integer("code_bits", self.code_bits, 1, 8))

    @property
    def highest_code(self) -> int:
        """2^c - 1."""
        return (1 << self.code_bits) - 1
