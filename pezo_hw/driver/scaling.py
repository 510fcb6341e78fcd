"""How scale factors become codes, and what every value is multiplied by."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

from .bus import integer
from .errors import ArgumentError, shown

ROUNDINGS = ("nearest", "log-nearest")
WIDEST_CODE = 8
_GAINS = (1e-300, 1e300)


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

    Raises
    ------
    ArgumentError
        For what is none of that.
    """

    rounding: str = "nearest"
    gain: float = 1.0
    code_bits: int = 2

    def __post_init__(self) -> None:
        if self.rounding not in ROUNDINGS:
            self._refuse("rounding", '"nearest" or "log-nearest"')
        low, high = _GAINS
        is_number = isinstance(self.gain, Real) and not isinstance(self.gain, bool)
        if not (is_number and low <= self.gain <= high):
            self._refuse("gain", f"a positive number from {low:g} to {high:g}")
        integer("code_bits", self.code_bits, 1, WIDEST_CODE)

    def _refuse(self, name: str, allowed: str) -> None:
        value = shown(getattr(self, name))
        raise ArgumentError(f"{name} = {value} is not allowed; allowed: {allowed}")
