"""Samples against the whole orbits that they are drawn from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pezo_hw.config import parse
from pezo_hw.errors import ConfigError
from pezo_hw.numbers.fixed_point import FixedPoint
from pezo_hw.numbers.stream import Stream
from pezo_hw.quality import quality, quality_of, sampled
from pezo_hw.quality.samples import random_starts
from tests.cases import DRAWN, OTF, POOL

CASES = {
    "turning": (OTF + "rngs = 9\nwidth = 7\n[scaling]\ngain = 0.9\n", 40),
    "still": (OTF + "rngs = 8\nwidth = 7\nrotate = false\n", 20),
    "of one cycle": (OTF + "rngs = 40\nwidth = 9\nlanes = 64\n", 30),
    "rows": (POOL + 'pool = 455\nlanes = 5\nwidth = 8\nleftover = "row"\n', 18),
    "numbers": (POOL + 'pool = 255\nlanes = 4\nwidth = 8\nleftover = "number"\n', 12),
    "drawn": (DRAWN + "pool = 255\nlanes = 4\nwidth = 8\n", 12),
}
ESTIMATES = (
    *("mean", "variance", "kurtosis", "cycle_cv_before", "cycle_cv", "norm_cv_before", "norm_cv"),
    *("participation", "cosine_mean", "cosine_rms"),
)


@pytest.mark.parametrize("name", CASES)
def test_estimates_are_near_in_units_of_their_error(name: str, monkeypatch: pytest.MonkeyPatch):
    text, length = CASES[name]
    config = parse(text, name="x")
    exact = quality_of(config, length=length)
    monkeypatch.setattr(quality, "LARGEST", 0)
    found = quality_of(config, length=length, samples=4000)
    assert (found.samples, found.starts, found.different) == (4000, exact.starts, exact.different)
    assert set(found.errors) == set(ESTIMATES)
    for figure in ESTIMATES:
        apart = abs(getattr(found, figure) - getattr(exact, figure))
        assert apart <= 4.5 * found.errors[figure] + 1e-12, figure
        assert 0 <= found.errors[figure] < 0.1 * (1 + exact.participation), figure
    near = 5 / 4000**0.5
    if exact.lane_correlation is not None:
        assert abs(found.lane_correlation) == pytest.approx(abs(exact.lane_correlation), abs=near)


def test_errors_are_as_large_as_what_they_tell_of(monkeypatch: pytest.MonkeyPatch):
    """Deviations in units of their errors have a mean square near 1, over all of them."""
    squares = []
    for name in ("turning", "still", "numbers"):
        text, length = CASES[name]
        config = parse(text, name="x")
        monkeypatch.setattr(quality, "LARGEST", 1 << 23)
        exact = quality_of(config, length=length, has_eigenvalues=False)
        monkeypatch.setattr(quality, "LARGEST", 0)
        found = quality_of(config, length=length, samples=1000, has_eigenvalues=False)
        squares += [
            ((getattr(found, figure) - getattr(exact, figure)) / found.errors[figure]) ** 2
            for figure in ESTIMATES
        ]
    assert 0.4 < sum(squares) / len(squares) < 2.5


def test_a_sample_does_not_bias_the_participation_ratio():
    """Two samples make two pairs: (1, 0) and (1, 1) give 1 * 2 over 1."""
    drawn = np.array([[1.0, 0.0], [1.0, 1.0]])
    assert sampled._participation(drawn.T @ drawn, np.array([1.0, 2.0])) == 2.0
    apart = np.eye(2)
    assert sampled._participation(apart.T @ apart, np.ones(2)) is None


def test_the_same_samples_every_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality, "LARGEST", 0)
    config = parse(CASES["turning"][0], name="x")
    assert quality_of(config, length=7, samples=100) == quality_of(config, length=7, samples=100)


def test_a_sample_is_held_against_as_many_independent_numbers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality, "LARGEST", 0)
    found = quality_of(parse(CASES["still"][0], name="x"), length=100, samples=400)
    assert (found.gaussian.smallest_eigenvalue, found.gaussian.largest_eigenvalue) == (0.25, 2.25)


class Independent(Stream):
    """Numbers of 8 bits of a generator that begins anew in each cycle of an endless orbit."""

    lanes, orbit, code_bits, latency = 24, 2**127 - 1, 0, 1
    fixed_point = FixedPoint.of_states("twos-complement", 8)

    def mantissas(self, start: int, count: int) -> NDArray[np.int32]:
        words = [np.random.PCG64(start + i).random_raw(self.lanes) for i in range(count)]
        return (np.array(words) >> np.uint64(56)).astype(np.int32) - 128

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        return np.zeros(count, np.uint8)

    def weigh(self, mantissas: NDArray[np.int32], codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ldexp(mantissas, -7).astype(np.float32)


def test_a_stream_of_independent_numbers_is_one():
    found = quality_of(Independent(), length=72, samples=2000)
    assert (found.samples, found.starts) == (2000, 2**127 - 1)
    assert found.participation == pytest.approx(72, abs=4 * found.errors["participation"])
    ends = found.uniform.smallest_eigenvalue, found.uniform.largest_eigenvalue
    assert (found.smallest_eigenvalue, found.largest_eigenvalue) == pytest.approx(ends, abs=0.06)
    assert abs(found.lane_correlation) < 5 / 6000**0.5
    for figure in ("kurtosis", "cycle_cv", "norm_cv", "cosine_rms", "cosine_mean"):
        expected = getattr(found.uniform, figure)
        assert abs(getattr(found, figure) - expected) < 4.5 * found.errors[figure], figure


def test_starts_are_spread_over_an_orbit_of_any_size():
    orbit = parse(CASES["turning"][0], name="x").stream().compact_orbit()
    huge = replace(orbit, period=2**200 - 1)
    drawn = list(random_starts(huge, 1000))
    assert all(0 <= start < huge.starts for start in drawn)
    quarters = Counter(4 * start // huge.starts for start in drawn)
    assert sorted(quarters) == [0, 1, 2, 3]
    assert min(quarters.values()) > 180


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("length", 0), ("length", 8193), ("length", 2.5), ("samples", 99), ("samples", True)],
)
def test_what_is_out_of_range(keyword: str, value: object):
    with pytest.raises(ConfigError, match=keyword):
        quality_of(parse(CASES["still"][0], name="x"), **{keyword: value})


def test_steps_are_as_many_as_said(monkeypatch: pytest.MonkeyPatch):
    config = parse(CASES["still"][0], name="x")
    for largest in (quality.LARGEST, 0):
        monkeypatch.setattr(quality, "LARGEST", largest)
        steps: list[int] = []
        quality_of(config, length=9, samples=100, on_step=lambda steps=steps: steps.append(1))
        assert len(steps) == quality.steps_of(config)
