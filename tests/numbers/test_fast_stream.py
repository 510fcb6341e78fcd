"""The fast stream against the golden one: whole orbits, random windows, every type."""

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw import PezoError, load, preset_names
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.fast_stream import FastStream
from pezo_hw.numbers.number_format import round_to_bfloat16
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.numbers.stream import Stream
from tests import strategies
from tests.making import generator_of

TYPES = [np.float32, np.float16, np.uint16, np.int8, np.int16, np.int32]
# `mezo` is compared with its golden model in tests/generators/gaussian.
PRESETS = [name for name in preset_names() if name != "mezo"]
# The joint orbit of `wide` has two thousand million numbers.
WITH_AN_ORBIT_IN_MEMORY = [name for name in PRESETS if name != "wide"]


def golden_numbers(stream: Stream, dtype: type, start: int, count: int) -> np.ndarray:
    if np.issubdtype(dtype, np.signedinteger):
        return stream.mantissas(start, count).astype(dtype)
    values = stream.values(start, count)
    return round_to_bfloat16(values) if dtype == np.uint16 else values.astype(dtype)


def types_of(stream: Stream) -> list[type]:
    narrow = stream.fixed_point.bits <= 8
    return [dtype for dtype in TYPES if narrow or dtype != np.int8]


def wide_awake(parameters: OnTheFlyParameters | PreGeneratedParameters) -> FastStream:
    """A fast stream whose tables are made at once."""
    stream = generator_of(parameters).fast_stream()
    stream._cost = -1
    return stream


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_AN_ORBIT_IN_MEMORY)
def test_whole_orbits_of_the_presets(name: str):
    fast, golden = load(name).fast_stream(), load(name).stream()
    step = 1 << 15
    arrays = {dtype: np.empty((fast.orbit + 9, fast.lanes), dtype) for dtype in types_of(golden)}
    for out in arrays.values():
        fast.fill(out, 3)
    for start in range(0, fast.orbit + 9, step):
        for dtype, out in arrays.items():
            part = out[start : start + step]
            assert np.array_equal(part, golden_numbers(golden, dtype, 3 + start, len(part)))
    codes = fast.codes(3, fast.orbit + 9)
    assert np.array_equal(codes, golden.codes(3, fast.orbit + 9))
    assert codes.dtype == np.uint8


@pytest.mark.parametrize("name", PRESETS)
def test_random_windows_of_the_presets(name: str):
    fast, golden = wide_awake(load(name).parameters), load(name).stream()
    generator = np.random.default_rng(11)
    for dtype in types_of(golden):
        for start in generator.integers(0, 10**18, 20).tolist():
            count = int(generator.integers(0, 300))
            out = np.empty((count, fast.lanes), dtype)
            fast.fill(out, start)
            assert np.array_equal(out, golden_numbers(golden, dtype, start, count))


@given(
    strategies.on_the_fly() | strategies.pre_generated(),
    st.integers(0, 600) | st.integers(10**12, 10**40),
    st.integers(0, 90),
)
def test_it_is_the_golden_stream(pair, start: int, count: int):
    fast, golden = wide_awake(pair[0]), generator_of(pair[0]).stream()
    ours, theirs = fast.window(start, count), golden.window(start, count)
    for what in ("mantissa", "code", "value"):
        assert np.array_equal(getattr(ours, what), getattr(theirs, what))
        assert getattr(ours, what).dtype == getattr(theirs, what).dtype
    for what in ("lanes", "orbit", "fixed_point", "code_bits", "latency"):
        assert getattr(fast, what) == getattr(golden, what)
    drawn, following = fast.perturbation(start, count)
    expected, expected_following = golden.perturbation(start, count)
    assert np.array_equal(drawn, expected)
    assert following == expected_following


@pytest.mark.parametrize("rotate", [True, False])
def test_codes_over_many_orbits(rotate: bool):
    parameters = OnTheFlyParameters(width=5, rngs=7, rotate=rotate)
    fast, out = wide_awake(parameters), np.empty(600_001, np.uint8)
    fast.fill_codes(out, 10**13 + 1)
    assert np.array_equal(out, generator_of(parameters).stream().codes(10**13 + 1, len(out)))
    assert not wide_awake(PreGeneratedParameters()).codes(5, 600_001).any()


@pytest.mark.slow
def test_registers_of_18_bits_stream_without_their_joint_orbit():
    parameters = OnTheFlyParameters(width=18, seed=4)
    fast, golden = wide_awake(parameters), generator_of(parameters).stream()
    for start in (0, 2**18 - 50, 10**12, fast.orbit - 50):
        out = np.empty(3100 + 17, np.float32)
        fast.fill(out, start)
        assert np.array_equal(out, golden.values(start, 101).reshape(-1)[: len(out)])


def test_what_no_table_can_hold_comes_from_the_golden_model():
    parameters = OnTheFlyParameters(width=14, lanes=5000)
    fast, golden = wide_awake(parameters), generator_of(parameters).stream()
    assert np.array_equal(fast.values(10**12, 40), golden.values(10**12, 40))


def test_a_small_window_makes_no_table_and_many_of_them_do():
    fast = load("paper-opt").fast_stream()
    fast.values(10**12, 1)
    assert not fast._tables
    while fast._demand["float32"] <= fast._cost:
        fast.values(0, 5000)
    assert np.array_equal(fast.values(7, 50), fast.golden.values(7, 50))
    assert list(fast._tables) == ["float32"]


def test_sequences_take_it():
    parameters = replace(load("paper-roberta").parameters, lanes=40)
    shapes = [(3, 50), (7,), ()]
    ours = PerturbationSequence(generator_of(parameters).fast_stream(), position=9).next(shapes)
    theirs = PerturbationSequence(generator_of(parameters).stream(), position=9).next(shapes)
    assert all(map(np.array_equal, ours, theirs))


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (np.empty(5, np.float64), "out of float64 is not allowed; allowed here: float32, float16"),
        (np.empty(5, np.int8), "out of int8 is not allowed; .* uint16, int16, int32"),
        (np.empty((5, 5), np.float32).T, "not contiguous; allowed: a C-contiguous array"),
    ],
)
def test_arrays_that_cannot_be_filled(out: np.ndarray, message: str):
    with pytest.raises(PezoError, match=message):
        load("paper-opt").fast_stream().fill(out, 0)


def test_starts_are_not_negative():
    with pytest.raises(PezoError, match="an integer >= 0"):
        load("paper-pool").fast_stream().fill(np.empty(5, np.float32), -1)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_arrays_that_are_not_numpys_own_or_cannot_be_written():
    stream = load("paper-pool").fast_stream()
    fixed = np.zeros(4, np.float32)
    fixed.flags.writeable = False
    for out, message in (
        (np.matrix([[1.0]], np.float32), "out = matrix"),
        (np.ma.zeros(4, np.float32), "out = MaskedArray"),
        ([0.0], "out = list"),
        (None, "out = NoneType"),
        (fixed, "out is read-only"),
        (np.zeros(4, ">f4"), "out of >f4"),
        (np.zeros(4, object), "out of object"),
        (np.zeros(8, np.float32)[::-2], "out is not contiguous"),
    ):
        with pytest.raises(PezoError, match=f"^{message}.*; allowed"):
            stream.fill(out, 0)


@pytest.mark.parametrize(
    "out",
    [
        *(np.zeros(4, np.float32), np.zeros(4, np.int8), np.zeros((2, 2), np.uint8), [0]),
        *(np.zeros((), np.uint8), np.ma.zeros(4, np.uint8), np.frombuffer(bytes(4), np.uint8)),
    ],
)
def test_arrays_that_hold_no_codes(out):
    with pytest.raises(PezoError, match=r"^out .*; allowed"):
        load("paper-roberta").fast_stream().fill_codes(out, 0)


def test_copies_and_pickles_give_the_same_numbers():
    for name in PRESETS:
        stream = wide_awake(load(name).parameters)
        expected = stream.values(7, 90)
        for how in (copy.copy, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))):
            assert np.array_equal(how(stream).values(7, 90), expected)
