"""From LFSR states to the integers at the pins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...numbers.fixed_point import FixedPoint


def mantissas_of_states(state_format: FixedPoint, states: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The mantissa of each state, shape kept: two's complement, or twice that plus one.

    Parameters
    ----------
    state_format : FixedPoint
        That of `OnTheFlyParameters.state_format`; midrise has a bit more than the states.
    states : ndarray of uint32
        States of an LFSR.
    """
    is_midrise = state_format.name == "midrise"
    width = state_format.bits - is_midrise
    signed = states.astype(np.int32)
    signed = signed - ((signed >> (width - 1)) << width)
    return 2 * signed + 1 if is_midrise else signed
