"""From LFSR states to mantissas, in wiring."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Value

from ..parameters import OnTheFlyParameters


def mantissas_of(positions: Value, parameters: OnTheFlyParameters) -> Value:
    """The mantissa of each of n states, position 0 lowest.

    A twos-complement mantissa is the state itself; a midrise mantissa, 2 * state + 1, is the state
    with a constant one below it.
    """
    if parameters.format != "midrise":
        return positions
    width = parameters.width
    states = (positions.word_select(position, width) for position in range(parameters.rngs))
    return Cat(*(Cat(C(1, 1), state) for state in states))
