"""What independent numbers would give, against closed forms and against drawn ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pezo_hw.quality.independent import (
    edges,
    expected_uniform_norm,
    gaussian_figures,
    uniform_figures,
)


def test_norms_of_one_and_two_numbers():
    assert expected_uniform_norm(1) == pytest.approx(math.sqrt(3) / 2, rel=1e-11)
    # The mean distance of a square's points from its centre.
    square = math.sqrt(3) * (math.sqrt(2) + math.asinh(1)) / 3
    assert expected_uniform_norm(2) == pytest.approx(square, rel=1e-11)
    assert gaussian_figures(1, 2, 1.0).norm_cv == pytest.approx(math.sqrt(math.pi / 2 - 1))
    assert gaussian_figures(1, 2, 1.0).cycle_cv == pytest.approx(math.sqrt(4 / math.pi - 1))


def test_norms_of_many_numbers_vary_by_their_kurtosis():
    for figures in (gaussian_figures(4096, 31, 0.01), uniform_figures(4096, 31, 0.01)):
        expected = math.sqrt((figures.kurtosis - 1) / (4 * 4096))
        assert figures.norm_cv == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("name", ["gaussian", "uniform"])
def test_drawn_numbers(name: str):
    generator = np.random.Generator(np.random.PCG64(5))
    d, count = 31, 20_000
    if name == "gaussian":
        figures, drawn = gaussian_figures(d, d, 0.01), generator.standard_normal((count, d))
    else:
        figures = uniform_figures(d, d, 0.01)
        drawn = (2 * generator.random((count, d)) - 1) * math.sqrt(3)
    norms = np.linalg.norm(drawn, axis=1)
    unit = drawn / norms[:, None]
    cosines = np.sum(unit[1:] * unit[:-1], axis=1)
    assert figures.norm_cv == pytest.approx(norms.std() / norms.mean(), rel=0.02)
    assert figures.cosine_rms == pytest.approx(math.sqrt(np.mean(cosines**2)), rel=0.02)
    assert figures.kurtosis == pytest.approx(np.mean(drawn**4), rel=0.02)
    values = np.linalg.eigvalsh(drawn.T @ drawn) / count
    smallest, largest = edges(d, count)
    assert (values[0], values[-1]) == pytest.approx((smallest, largest), rel=0.03)


def test_entropy_of_rounded_numbers():
    """Counted in bins of the unit's width, of far more numbers than there are bins."""
    generator = np.random.Generator(np.random.PCG64(6))
    drawn = generator.standard_normal(1_000_000)
    for figures, numbers in (
        (gaussian_figures(8, 8, 0.015625), drawn),
        (uniform_figures(8, 8, 0.015625), (2 * generator.random(1_000_000) - 1) * math.sqrt(3)),
    ):
        _, counts = np.unique(np.rint(numbers / 0.015625), return_counts=True)
        share = counts / counts.sum()
        assert figures.entropy_bytes == pytest.approx(-np.sum(share * np.log2(share)), abs=0.02)


def test_a_sample_of_fewer_than_its_dimensions_has_directions_that_it_never_takes():
    assert edges(100, 50)[0] == 0.0
    assert edges(100, None) == (1.0, 1.0)
