"""The pool and its stream, against the independent reference."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw import load
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from tests import strategies
from tests.making import generator_of
from tests.reference import PreGenerated


@given(strategies.pre_generated(), st.integers(0, 300), st.integers(0, 20))
def test_any_window(pair: tuple[PreGeneratedParameters, PreGenerated], start: int, count: int):
    parameters, slow = pair
    window = generator_of(parameters).stream().window(start, count)
    numbers, frac = slow.numbers()
    expected = [mantissas for _, mantissas in islice(slow.cycles(), start, start + count)]
    assert parameters.fixed_point.frac == frac
    assert parameters.quantised.mantissas.tolist() == numbers
    assert window.mantissa.tolist() == expected
    assert window.code.tolist() == [0] * count
    assert np.array_equal(window.value, window.mantissa * 2.0**-frac)


@given(strategies.pre_generated(), st.integers(10**12, 10**40))
def test_windows_beyond_any_counter(pair: tuple[PreGeneratedParameters, PreGenerated], start: int):
    stream = generator_of(pair[0]).stream()
    near = stream.window(start % stream.orbit, 5)
    assert np.array_equal(stream.window(start, 5).mantissa, near.mantissa)


def test_the_paper_preset():
    numbers, frac = PreGenerated().numbers()
    for preset, orbit in (("paper-pool", 4095), ("row-pool", 91)):
        parameters = load(preset).parameters
        assert isinstance(parameters, PreGeneratedParameters)
        assert parameters.quantised.mantissas.tolist() == numbers
        assert parameters.quantised.frac == frac == 10
        assert parameters.joint_orbit == orbit


def test_the_pools_norm_is_the_gaussian_one():
    parameters = PreGeneratedParameters(pool=4095, width=24, lanes=4095)
    values = generator_of(parameters).stream().values(0, 1)[0].astype(np.float64)
    assert np.linalg.norm(values) == pytest.approx(63.98828, abs=1e-4)


def test_fraction_bits_may_be_negative():
    assert PreGeneratedParameters(pool=15, width=2, lanes=5).fixed_point.frac < 1
