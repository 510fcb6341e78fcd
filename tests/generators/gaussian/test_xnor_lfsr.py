"""The short registers against a bit-serial reading."""

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.gaussian.xnor_lfsr import XNORLFSR, xnor_lfsr
from tests.generators.gaussian.reference import bits_of, number_of, step


@pytest.mark.parametrize("width", [7, 8, 9, 10])
def test_all_states_but_all_ones_follow_one_another(width: int):
    lfsr, state = XNORLFSR(width), 0
    for index in range(2**width - 1):
        assert (
            lfsr.states[index]
            == state
            == lfsr.advance(0, index)
            == lfsr.advance(0, index - 10 * lfsr.period)
        )
        state = number_of(step(bits_of(state, width)))
    assert state == 0
    assert lfsr.period == 2**width - 1
    assert lfsr.step(lfsr.period) == lfsr.period


def test_one_register_of_a_width_is_enough():
    assert xnor_lfsr(9) is xnor_lfsr(9)


@pytest.mark.parametrize("width", [2, 17])
def test_widths_have_bounds(width: int):
    with pytest.raises(ConfigError, match="from 3 to 16"):
        XNORLFSR(width)
