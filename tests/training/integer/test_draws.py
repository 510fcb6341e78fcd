"""What weights are moved by, and rounded by, against the golden model and whole orbits."""

from fractions import Fraction

import numpy as np
import pytest

from pezo_hw import ConfigError, load
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training.integer.draws import ROUNDING_BITS, Draws, round_by

SIZES = [70, 5, 129]


@pytest.mark.parametrize(
    "name", ["paper-roberta", "paper-opt", "paper-pool", "row-pool", "wide", "mezo"]
)
def test_numbers_are_the_mantissas_in_the_hardware_s_order(name: str):
    """Values of the sequence that is the hardware's, beat by beat, over the unit of a mantissa."""
    config = load(name)
    draws, golden = Draws(config), config.stream()
    sequence = PerturbationSequence(golden, 11)
    form = golden.fixed_point
    for _ in range(2):
        position = sequence.position
        tensors = sequence.next(SIZES)
        firsts, following = draws.places(SIZES, position)
        assert following == sequence.position
        for first, size, values in zip(firsts, SIZES, tensors, strict=True):
            cycle, lane = divmod(first, golden.lanes)
            cycles = 2 + (lane + size) // golden.lanes
            mantissas = golden.mantissas(cycle, cycles).reshape(-1)[lane : lane + size]
            signed = mantissas >> 1 if form.name == "midrise" else mantissas
            assert draws.numbers(first, size).tolist() == signed.tolist()
            # The same places as the values that a perturbation of floats has.
            codes = np.repeat(golden.codes(cycle, cycles), golden.lanes)[lane : lane + size]
            weighed = golden.weigh(mantissas[:, np.newaxis], codes)[:, 0]
            assert weighed.tolist() == values.tolist()


def test_steps_are_the_bits_of_a_mantissa_read_a_second_time():
    draws = Draws(load("paper-opt"))
    numbers = draws.numbers(1000, 500).tolist()
    for amplitude, mask in ((1, 0), (2, 3), (7, 7)):
        expected = []
        for number in numbers:
            bits = format(number & (1 << 14) - 1, "014b")
            top = int(bits[:amplitude], 2) - ((1 << amplitude) if bits[0] == "1" else 0)
            expected.append(2 * top + 1 if set(bits[14 - mask :]) <= {"1"} else 0)
        found = draws.steps(1000, 500, amplitude, mask)
        assert found.tolist() == expected


def test_over_all_states_a_masked_step_is_fair():
    """One register of 8 bits, read over its period; without a mask only the state 0 is missing."""
    config = load("paper-roberta")
    draws, lanes = Draws(config), config.parameters.lanes
    orbit = config.stream().orbit
    every = draws.numbers(0, lanes * orbit)
    assert sorted(set(every.tolist())) == [n for n in range(-128, 128) if n != 0]
    times = lanes * orbit // 255
    for amplitude, mask in ((1, 1), (2, 2), (3, 5)):
        steps = draws.steps(0, lanes * orbit, amplitude, mask)
        assert steps.sum() == 0
        assert np.count_nonzero(steps) == times << (8 - mask)
        kinds, counts = np.unique(steps[steps != 0], return_counts=True)
        assert kinds.tolist() == list(range(-(2**amplitude) + 1, 2**amplitude, 2))
        assert len(set(counts.tolist())) == 1
    assert draws.steps(0, lanes * orbit, 1, 0).sum() == -times


def test_rounding_is_unbiased_over_a_whole_orbit():
    """Of what a register can be only 0 is missing: a fraction f is rounded up f * 256 / 255 times.

    The lowest eight bits of a number of 8 bits are all of it, so that the second number decides and
    the first is below its last place.
    """
    config = load("paper-roberta")
    draws, lanes = Draws(config), config.parameters.lanes
    count = lanes * config.stream().orbit
    uniform = draws.uniform([0, 31 * 1000], count)
    assert 0 <= uniform.min() <= uniform.max() < 1 << ROUNDING_BITS
    assert np.array_equal(uniform >> 8, draws.numbers(31 * 1000, count) & 255)
    for value in (-1000, -37, 0, 1, 64, 200):
        found = round_by(np.full(count, value), 8, uniform)
        whole, rest = divmod(value, 256)
        assert Fraction(int(found.sum()), count) - whole == Fraction(rest, 255), value


def test_rounding_to_the_left_and_far_to_the_right():
    draws = np.array([0, 1, (1 << 16) - 1])
    assert round_by(np.array([3, -3, 5]), -4, draws).tolist() == [48, -48, 80]
    assert round_by(np.array([3, -3, 5]), 0, draws).tolist() == [3, -3, 5]
    for places in (40, 60, 1000):
        assert (
            round_by(np.array([2**30, -(2**30), 0]), places, draws * 0 + 32768).tolist() == [0] * 3
        )
    every = np.arange(1 << 16)
    assert round_by(np.full(1 << 16, 3 << 14), 18, every).mean() == 3 / 16


def test_few_bits_are_put_together():
    for name, numbers in (("paper-roberta", 2), ("paper-opt", 2), ("paper-pool", 2)):
        assert Draws(load(name)).for_rounding == numbers


def test_mantissas_that_have_been_shifted_are_refused(tmp_path):
    path = tmp_path / "fixed.toml"
    path.write_text(
        '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 31\nwidth = 8\n'
        '[scaling]\noutput = "fixed-point"\n'
    )
    with pytest.raises(ConfigError, match=r"^scaling.output = "):
        Draws(load(str(path)))
