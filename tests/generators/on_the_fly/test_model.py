"""The on-the-fly stream by random access, against stepping the independent reference."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from tests import strategies
from tests.making import generator_of
from tests.reference import OnTheFly


@given(strategies.on_the_fly(), st.integers(0, 600), st.integers(0, 40))
def test_any_window(pair: tuple[OnTheFlyParameters, OnTheFly], start: int, count: int):
    parameters, slow = pair
    window = generator_of(parameters).stream().window(start, count)
    expected = list(islice(slow.cycles(), start, start + count))
    assert window.code.tolist() == [code for code, _ in expected]
    assert window.mantissa.tolist() == [mantissas for _, mantissas in expected]
    assert window.mantissa.shape == (count, parameters.lanes)
    for (code, mantissas), values in zip(expected[:3], window.value[:3], strict=True):
        assert values.tolist() == [slow.value(code, m) for m in mantissas]


@given(strategies.on_the_fly(widest=6), st.integers(10**12, 10**40))
def test_windows_beyond_any_counter(pair: tuple[OnTheFlyParameters, OnTheFly], start: int):
    parameters, _ = pair
    stream = generator_of(parameters).stream()
    far, near = stream.window(start, 9), stream.window(start % stream.orbit, 9)
    assert np.array_equal(far.mantissa, near.mantissa)
    assert np.array_equal(far.code, near.code)
    assert np.array_equal(far.value, near.value)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "rngs"), [(14, 31), (18, 2)])
def test_wide_registers_over_a_whole_orbit_of_rng_0(width: int, rngs: int):
    """The reference's table takes a step a state, so only the mantissas run over the orbit."""
    parameters = OnTheFlyParameters(rngs=rngs, width=width)
    slow = OnTheFly(rngs=rngs, width=width)
    stream, states = generator_of(parameters).stream(), slow.start()
    count = 2**width + 5
    shown = stream.states(0, count)
    for t in range(count):
        expected = [states[(p + t) % rngs] for p in range(rngs)]
        assert shown[t].tolist() == expected
        states = [slow.step(x) for x in states]


def test_the_orbit_is_whole_and_no_shorter():
    stream = generator_of(OnTheFlyParameters(rngs=4, width=4, lanes=4)).stream()
    rows = stream.mantissas(0, 2 * stream.orbit)
    assert np.array_equal(rows[: stream.orbit], rows[stream.orbit :])
    assert len(np.unique(rows, axis=0)) == stream.orbit == 60


def test_a_value_is_rounded_once():
    """0.8 has no exact float32; the product is taken in float64 and rounded at the end."""
    from pezo_hw.generators.on_the_fly.scaling import ScalingParameters

    parameters = OnTheFlyParameters(scaling=ScalingParameters(gain=0.8))
    window = generator_of(parameters).stream().window(0, 255)
    exponent = parameters.scale_table.base + window.code.astype(int)[:, None] - 7
    exact = window.mantissa.astype(np.longdouble) * np.longdouble(2) ** exponent
    assert np.array_equal(window.value, (exact.astype(np.float64) * 0.8).astype(np.float32))


@pytest.mark.parametrize(("start", "count"), [(-1, 1), (0, -1)])
def test_windows_start_at_zero_and_are_not_negative(start: int, count: int):
    from pezo_hw import ConfigError

    with pytest.raises(ConfigError, match="an integer >= 0"):
        generator_of(OnTheFlyParameters()).stream().window(start, count)
