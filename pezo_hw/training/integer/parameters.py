"""The settings of training in integers: powers of two, all of them."""

from __future__ import annotations

from dataclasses import dataclass

from ... import checks
from ...errors import ConfigError

_MOST_PLACES = 15


@dataclass(frozen=True, kw_only=True)
class IntegerParameters:
    """How weights are perturbed, and how far a step goes.

    A weight w of the body is moved to w + u and w - u, u the odd integers and zeros of
    `Draws.steps`, and then to w - sign(L+ - L-) u 2^-rate, rounded at random. A head's weight W is
    changed by 2^-head_rate times the gradient of the mean loss over the batch, rounded at random.

    Parameters
    ----------
    amplitude : int
        Bits of u, 1 to 7: 1 is -1 or 1, 2 adds -3 and 3.
    mask : int
        Of the body's weights one in 2^mask is perturbed, 0 to 7.
    rate : int or None
        Of the body, 0 to 15; None leaves it as it is, and a step takes one forward pass.
    head_rate : int
        Of the head, -15 to 15.
    steps : int or None
        The length of the run: rates are halved at 1/2, 3/4, 7/8 ... of it. None never does.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    amplitude: int = 1
    mask: int = 0
    rate: int | None = 8
    head_rate: int = 3
    steps: int | None = None

    def __post_init__(self) -> None:
        checks.integer("amplitude", self.amplitude, 1, 7)
        checks.integer("mask", self.mask, 0, 7)
        if self.rate is not None:
            checks.integer("rate", self.rate, 0, _MOST_PLACES)
        checks.integer("head_rate", self.head_rate, -_MOST_PLACES, _MOST_PLACES)
        if self.steps is not None:
            checks.integer("steps", self.steps, 1)

    def require_bits(self, bits: int) -> None:
        """Checks that mantissas have the bits that amplitude and mask are made of."""
        if self.amplitude + self.mask > bits:
            found = f"{self.amplitude} with mask {self.mask}"
            raise ConfigError("amplitude", found, f"{bits} bits at most, those of a mantissa")

    def halvings(self, step: int) -> int:
        """How often rates have been halved at a step >= 0: the least that keeps up with a line.

        The rate is the smallest power of two that is not below one that falls linearly to 0.
        """
        if self.steps is None:
            return 0
        left = max(self.steps - step, 1)
        return (self.steps // left).bit_length() - 1
