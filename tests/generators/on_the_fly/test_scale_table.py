"""The scale table, against closed forms and the independent reference."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from pezo_hw import load
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scale_table import _sums_of_shifted, expected_gaussian_norm
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from tests import reference, strategies


def test_the_expected_norm_in_closed_form():
    assert expected_gaussian_norm(1) == pytest.approx(math.sqrt(2 / math.pi), rel=1e-15)
    assert expected_gaussian_norm(2) == pytest.approx(math.sqrt(math.pi / 2), rel=1e-15)
    assert expected_gaussian_norm(3) == pytest.approx(2 * math.sqrt(2 / math.pi), rel=1e-15)


@pytest.mark.parametrize("n", [4, 7, 30, 31, 63, 255, 4095])
def test_the_expected_norm_by_its_recurrence(n: int):
    assert expected_gaussian_norm(n) == pytest.approx(reference.expected_norm(n), rel=1e-11)


def test_the_expected_norm_of_a_million_does_not_overflow():
    assert expected_gaussian_norm(10**6) == pytest.approx(1000 * (1 - 1 / 4e6), rel=1e-9)


def test_the_expected_norm_by_simulation():
    norms = np.linalg.norm(np.random.default_rng(0).standard_normal((200_000, 31)), axis=1)
    assert norms.mean() == pytest.approx(expected_gaussian_norm(31), rel=2e-3)


@given(strategies.on_the_fly(widest=7))
def test_codes_and_base(pair: tuple[OnTheFlyParameters, reference.OnTheFly]):
    """Where the exponent is constant, of the table that there would be."""
    parameters, slow = pair
    base, codes = replace(slow, mode="adaptive").table
    table = parameters.scale_table
    assert table.base == base
    assert table.codes.tolist() == [codes.get(x, 0) for x in range(2**parameters.width)]
    wanted = slow.exponents().values()
    assert table.histogram() == {e: list(wanted).count(e) for e in sorted(set(wanted))}
    outside = [e for e in wanted if not base <= e < base + 2**parameters.scaling.code_bits]
    assert table.saturated_share == pytest.approx(len(outside) / len(wanted))


def test_saturation_takes_the_smallest_of_equally_good_bases():
    scaling = ScalingParameters(code_bits=1)
    table = OnTheFlyParameters(rngs=2, width=6, scaling=scaling).scale_table
    counts = table.histogram()
    assert len(counts) > 2
    covered = {b: counts.get(b, 0) + counts.get(b + 1, 0) for b in counts if b + 1 in counts}
    assert table.base == min(b for b in covered if covered[b] == max(covered.values()))
    assert table.saturated_share > 0


def test_the_presets_exponents():
    histograms = {
        "paper-roberta": {0: 7, 1: 248},
        "paper-opt": {0: 492, 1: 15890, 2: 1},
    }
    for name, histogram in histograms.items():
        parameters = load(name).parameters
        assert isinstance(parameters, OnTheFlyParameters)
        assert parameters.scale_table.histogram() == histogram
        assert parameters.scale_table.base == 0


def test_norms_vary_as_the_measurements_say():
    """Coefficient of variation per cycle at n = 31: unscaled 0.077, as powers of two 0.101."""
    parameters = load("paper-roberta").parameters
    assert isinstance(parameters, OnTheFlyParameters)
    norms = 1 / parameters.scale_table.scales
    rounded = norms * 2.0**parameters.scale_table.exponents
    assert np.std(norms) / np.mean(norms) == pytest.approx(0.077, abs=5e-4)
    assert np.std(rounded) / np.mean(rounded) == pytest.approx(0.101, abs=5e-4)


@pytest.mark.parametrize("count", [257, 1000, 4095])
def test_many_shifts_are_summed_exactly(count: int):
    """The largest squares there are, and their sums at random and all the way round."""
    random = np.random.default_rng(3)
    numbers = random.integers(0, 1 << 34, 4095)
    numbers[::2] = (1 << 34) - 1
    shifts = random.permutation(4095)[:count]
    expected = sum(np.roll(numbers, -shift) for shift in shifts.tolist())
    assert (_sums_of_shifted(numbers, shifts) == expected).all()
