"""From LFSR states to the integers at the pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .parameters import OnTheFlyParameters


def mantissas_of_states(
    parameters: OnTheFlyParameters, states: NDArray[np.uint32]
) -> NDArray[np.int32]:
    """The mantissa of each state, shape kept: two's complement, or twice that plus one."""
    signed = states.astype(np.int32)
    signed = signed - ((signed >> (parameters.width - 1)) << parameters.width)
    return 2 * signed + 1 if parameters.format == "midrise" else signed
