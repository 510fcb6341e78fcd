"""Every form of a stream's numbers, number by number against the golden model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.rotated_rows import RotatedRows
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.number_format import FLOAT32, MANTISSAS
from pezo_hw.numbers.number_tables import GoldenNumbers, NumberLoop, Numbers
from pezo_hw.numbers.stream import Stream
from tests import strategies
from tests.making import generator_of

INT32 = MANTISSAS[np.dtype(np.int32)]
STARTS = st.integers(0, 600) | st.integers(10**12, 10**40)
COUNTS = st.integers(0, 700)


def expected(stream: Stream, first: int, count: int) -> np.ndarray:
    """Whole cycles of the golden model, cut."""
    cycle, skipped = divmod(first, stream.lanes)
    mantissas = stream.mantissas(cycle, count // stream.lanes + 2)
    return mantissas.reshape(-1)[skipped : skipped + count]


def check(numbers: Numbers, stream: Stream, first: int, count: int) -> None:
    wanted = expected(stream, first, count)
    assert np.array_equal(numbers.read(first, count), wanted)
    out = np.full(count + 2, -77, dtype=numbers.dtype)
    numbers.fill(out[1:-1], first)
    assert np.array_equal(out[1:-1], wanted)
    assert out[0] == out[-1] == -77


@given(strategies.on_the_fly(), STARTS, COUNTS)
def test_rotated_rows(pair, first: int, count: int):
    parameters, _ = pair
    check(RotatedRows(parameters, INT32), generator_of(parameters).stream(), first, count)


@given(strategies.on_the_fly(widest=6), STARTS, COUNTS)
def test_a_loop_of_rows(pair, first: int, count: int):
    parameters, _ = pair
    period = parameters.joint_orbit * parameters.lanes
    loop = NumberLoop(RotatedRows(parameters, INT32), period)
    check(loop, generator_of(parameters).stream(), first, count)


@given(strategies.pre_generated(), STARTS, COUNTS)
def test_a_loop_of_the_pool(pair, first: int, count: int):
    parameters, _ = pair
    stream = generator_of(parameters).stream()
    check(NumberLoop(GoldenNumbers(stream, INT32), parameters.pool), stream, first, count)


@given(strategies.on_the_fly(), STARTS, COUNTS)
def test_golden_numbers(pair, first: int, count: int):
    stream = generator_of(pair[0]).stream()
    check(GoldenNumbers(stream, INT32), stream, first, count)


@pytest.mark.parametrize("rotate", [True, False])
def test_a_fill_of_many_runs_passes_the_ends_of_table_and_period(rotate: bool):
    parameters = OnTheFlyParameters(rngs=31, width=8, lanes=40, rotate=rotate)
    stream, rows = generator_of(parameters).stream(), RotatedRows(parameters, FLOAT32)
    loop = NumberLoop(rows, stream.orbit * stream.lanes)
    count = 5 * rows.run + 12_345
    wanted = stream.values(10**12, -(-count // 40)).reshape(-1)[:count]
    for numbers in (rows, loop):
        out = np.empty(count, np.float32)
        numbers.fill(out, 40 * 10**12)
        assert np.array_equal(out, wanted)


def test_every_run_of_a_loop_is_one_piece_of_its_table():
    parameters = PreGeneratedParameters()
    loop = NumberLoop(GoldenNumbers(generator_of(parameters).stream(), INT32), parameters.pool)
    for first in (0, 1, parameters.pool - 1):
        run = loop.read(first, loop.run)
        assert len(run) == loop.run
        assert run.base is loop.read(0, 1).base


@pytest.mark.parametrize("skipped", [0, 1, 2])
def test_the_longest_run_begins_anywhere_in_the_period(skipped: int):
    """The last number of the period begins one as well, and the table ends with it."""
    parameters = PreGeneratedParameters(pool=91, lanes=7, width=9)
    loop = NumberLoop(GoldenNumbers(generator_of(parameters).stream(), INT32), parameters.pool)
    first = 5 * parameters.pool - 1 - skipped
    assert np.array_equal(
        loop.read(first, loop.run), expected(generator_of(parameters).stream(), first, loop.run)
    )
