"""What the paper's arithmetic hides: five facts, each over whole orbits with derived seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from pezo_hw import load
from pezo_hw.config import parse
from pezo_hw.generators.on_the_fly import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.model import OnTheFlyStream
from pezo_hw.numbers.fixed_point import FixedPoint
from pezo_hw.numbers.stream import Stream, phases
from pezo_hw.quality import Quality, quality_of
from tests.cases import OTF

LENGTH, SAMPLED = 992, 8000


class OffsetBinary(Stream):
    """A bank's states read as offset-binary numbers, x - 2^(b - 1), and not scaled."""

    code_bits = 0
    latency = 1

    def __init__(self, parameters: OnTheFlyParameters) -> None:
        self._bank, self._half = OnTheFlyStream(parameters), 1 << (parameters.width - 1)
        self.lanes, self.orbit = parameters.lanes, parameters.joint_orbit
        self.fixed_point = FixedPoint.of_states("twos-complement", parameters.width)

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        return self._bank.states(start, count).astype(np.int32) - self._half

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        return np.zeros(len(phases(start, count, 1)), np.uint8)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return mantissas.astype(np.float32)


def bank(rngs: int, width: int, more: str = "") -> Quality:
    text = f"{OTF}rngs = {rngs}\nwidth = {width}\n{more}"
    return quality_of(parse(text, name="bank"), length=LENGTH, has_eigenvalues=False)


def offset_binary(**parameters: object) -> Quality:
    """By the cycles of the joint orbit one by one, without the structure of a bank."""
    stream = OffsetBinary(OnTheFlyParameters(rngs=31, **parameters))
    return quality_of(stream, length=LENGTH, has_eigenvalues=False)


def test_combinations_are_fewer_than_the_product():
    for rngs, width, orbit in ((31, 8, 7905), (31, 14, 507_873), (15, 8, 255), (31, 10, 1023)):
        found = bank(rngs, width)
        assert found.starts == orbit
        assert found.different == orbit // math.gcd(orbit, -(-LENGTH // rngs))


@pytest.mark.parametrize(
    ("rngs", "width", "before", "after"),
    [(31, 8, 0.077, 0.101), (31, 14, 0.081, 0.104), (7, 8, 0.168, 0.203), (3, 8, 0.289, 0.207)],
)
def test_scaling_makes_norms_more_uneven_but_for_few_numbers(rngs, width, before, after):
    found = bank(rngs, width, "[scaling]\ncode_bits = 3\n")  # with 2, n = 3 saturates now and then
    assert round(found.cycle_cv_before, 3) == before
    assert round(found.cycle_cv, 3) == after


def test_a_gain_brings_it_back():
    assert bank(31, 8, "[scaling]\ngain = 0.8\n").cycle_cv == pytest.approx(0.077, abs=0.0015)
    assert bank(3, 8, "[scaling]\ngain = 0.72\n").cycle_cv == pytest.approx(0.166, abs=0.01)
    assert bank(7, 8, "[scaling]\ngain = 0.82\n").cycle_cv == pytest.approx(0.156, abs=0.01)


def test_one_shift_a_cycle_leaves_neighbours_correlated():
    found = bank(31, 8)
    assert (round(found.lag_correlation, 2), found.lag_distance) == (-0.25, 30)
    plain = offset_binary(width=8)
    assert (round(plain.lag_correlation, 3), plain.lag_distance) == (0.494, 30)
    # Two numbers of one register; b = 14 by formula, since its joint orbit is long.
    states = OnTheFlyParameters(rngs=2, width=14).orbit.states.astype(np.int64)
    assert np.corrcoef(states, np.roll(states, -1))[0, 1] == pytest.approx(0.4999, abs=5e-5)


def test_k_steps_a_cycle_leave_2_to_the_minus_k():
    for steps in (1, 2, 4):
        plain = offset_binary(width=8, steps_per_cycle=steps).lag_correlation
        assert plain == pytest.approx(2.0**-steps, abs=0.012)
        own = bank(31, 11, f"taps = [11, 9]\nsteps_per_cycle = {steps}\n").lag_correlation
        assert abs(own) == pytest.approx(0.5 * 2.0**-steps, abs=0.005)


TABLE = {
    # k = 1, two settings of the paper; then two taps.
    (8, "", 1): (759, 0.01),
    (14, "", 1): (773, 0.02),
    (9, "taps = [9, 5]\n", 2): (856, 0.28),
    (11, "taps = [11, 9]\n", 2): (860, 0.35),
    (11, "taps = [11, 9]\n", 3): (878, 0.41),
    (11, "taps = [11, 9]\n", 4): (884, 0.42),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", TABLE)
def test_directions_that_are_practically_never_taken(case):
    """Figures of 8,000 sampled starts; of all starts there is no share of the sampling in them."""
    (width, taps, steps), (sampled, smallest) = case, TABLE[case]
    text = f"{OTF}rngs = 31\nwidth = {width}\n{taps}steps_per_cycle = {steps}\n"
    if steps > 1:
        text += "[scaling]\ngain = 0.8\n"
    found = quality_of(parse(text, name="bank"), length=LENGTH)
    assert 1 / (1 / found.participation + 1 / SAMPLED) == pytest.approx(sampled, rel=0.07)
    if steps == 1:
        assert found.smallest_eigenvalue == pytest.approx(smallest, abs=0.015)
    else:
        assert found.smallest_eigenvalue > smallest


def seeds_apart(cycles: int) -> list[int]:
    """Start states so many cycles from one to the next."""
    lfsr = OnTheFlyParameters(rngs=2, width=8).lfsr
    return [lfsr.advance(1, i * cycles) for i in range(31)]


def test_seeds_matter():
    derived = offset_binary(width=8).participation
    assert derived == pytest.approx(546, rel=0.05)
    assert offset_binary(width=8, seeds=seeds_apart(8)).participation == pytest.approx(
        162, rel=0.03
    )
    assert offset_binary(width=8, seeds=seeds_apart(1)).participation == pytest.approx(41, rel=0.06)
    still = offset_binary(width=8, rotate=False).participation
    assert still == pytest.approx(121, rel=0.12)


def test_rows_of_a_pool_are_few_directions():
    """A pool read by rows has no more directions than rows; from any number on it has many."""
    found = quality_of(load("row-pool"), length=LENGTH, has_eigenvalues=False)
    assert found.participation <= found.starts
