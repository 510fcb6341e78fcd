"""Correlations of windows whose are known."""

import numpy as np
import pytest

from pezo_hw.quality.dependence import dependence_of

RANDOM = np.random.default_rng(8).normal(size=(20_000, 6))


def test_independent_numbers():
    found = dependence_of(RANDOM)
    assert found.lanes < 5 / np.sqrt(20_000)
    assert found.strong_pairs == 0
    assert abs(found.lag) < 5 / np.sqrt(120_000)
    assert abs(found.lag_of_magnitudes) < 5 / np.sqrt(120_000)


def test_lanes_that_share_a_part():
    lanes = RANDOM.copy()
    lanes[:, 3] = -lanes[:, 0]
    lanes[:, 5] += lanes[:, 1]
    found = dependence_of(lanes)
    assert found.lanes == pytest.approx(1, abs=1e-5)
    assert found.strong_pairs == 2


def test_a_lane_that_remembers():
    """Three cycles later a number has a part of it still, and so has its magnitude."""
    found = dependence_of(RANDOM[3:] + 0.5 * RANDOM[:-3])
    assert found.lag == pytest.approx(0.5 / 1.25, abs=0.02)
    assert found.lag_of_magnitudes > 0.1


def test_magnitudes_alone_that_repeat():
    signs = np.random.default_rng(9).choice([-1, 1], size=RANDOM.shape)
    found = dependence_of(np.abs(np.repeat(RANDOM[::2], 2, axis=0)) * signs)
    assert abs(found.lag) < 0.03
    assert found.lag_of_magnitudes == pytest.approx(0.5, abs=0.02)


def test_one_lane_has_no_other():
    assert dependence_of(RANDOM[:, :1]).lanes == 0
