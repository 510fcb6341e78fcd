"""Figures over every start of an orbit, by its structure and not by sampling."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..numbers.compact_orbit import CompactOrbit
from .correlations import described, strongest_between_cycles, strongest_in_a_cycle
from .figures import Figures, variation_of
from .orbit_numbers import Cells, OrbitNumbers
from .spectrum import Matrix, participation, relative_eigenvalues, second_moment
from .start_sums import Series, perturbation_sums

LARGEST = 1 << 23
"""Numbers of an orbit beyond which there are only samples."""

STEPS = 4
"""How often ``on_step`` is called."""


def exact_figures(
    orbit: CompactOrbit, length: int, *, has_eigenvalues: bool, on_step: Callable[[], object]
) -> Figures:
    """The figures of all perturbations of ``length`` numbers.

    Parameters
    ----------
    orbit : CompactOrbit
        Of at most `LARGEST` numbers.
    length : int
        d >= 1.
    has_eigenvalues : bool
        Whether the smallest and the largest eigenvalue are computed, which takes d^3 operations;
        the participation ratio needs none.
    on_step : callable
        Called `STEPS` times on the way.
    """
    numbers = OrbitNumbers(orbit)
    on_step()
    found: dict[str, float | int | None] = {
        **_moments(numbers, length),
        **_norms(numbers, length),
        **_different(numbers, length),
    }
    on_step()
    blocks = _blocks(numbers, length)
    found |= _correlations(numbers, blocks, length)
    on_step()
    found |= _directions(blocks, length, has_eigenvalues=has_eigenvalues)
    on_step()
    return Figures(**found)  # type: ignore[arg-type]


def _moments(numbers: OrbitNumbers, length: int) -> dict[str, float | None]:
    """Mean, variance and kurtosis of the numbers of a perturbation."""
    mean = numbers.mean(numbers.scaled, length)
    squares = (numbers.scaled - mean) ** 2
    variance = numbers.mean(squares, length)
    fourth = numbers.mean(squares**2, length)
    return {
        "mean": mean * numbers.unit,
        "variance": variance * numbers.unit**2,
        "kurtosis": fourth / variance**2 if variance > 0 else None,
    }


def _norms(numbers: OrbitNumbers, length: int) -> dict[str, float | None]:
    """How uneven norms are, and at which angle the next perturbation is."""
    orbit = numbers.orbit
    before, after = numbers.unscaled**2, numbers.scaled**2
    squares = perturbation_sums(orbit, after, length)
    return {
        "cycle_cv_before": variation_of(perturbation_sums(orbit, before, orbit.beat_lanes)),
        "cycle_cv": variation_of(perturbation_sums(orbit, after, orbit.beat_lanes)),
        "norm_cv_before": variation_of(perturbation_sums(orbit, before, length)),
        "norm_cv": variation_of(squares),
        **cosines(_inner_products(numbers, length), squares, _next(numbers, squares, length)),
    }


def _inner_products(numbers: OrbitNumbers, length: int) -> Series:
    """Of each perturbation with the one that follows it."""
    orbit = numbers.orbit
    cells: Cells = numbers.scaled * numbers.later(numbers.scaled, orbit.apart(length))
    return perturbation_sums(orbit, cells, length)


def _next(numbers: OrbitNumbers, series: Series, length: int) -> Series:
    return np.roll(series, -(numbers.orbit.apart(length) % len(series)))


def cosines(products: Series, squares: Series, next_squares: Series) -> dict[str, float | None]:
    """Of angles between pairs of vectors, but for those of which one is zero."""
    both = squares * next_squares
    are_vectors = both > 0
    if not are_vectors.any():
        return dict.fromkeys(("cosine_mean", "cosine_rms", "cosine_largest"))
    found = products[are_vectors] / np.sqrt(both[are_vectors])
    return {
        "cosine_mean": float(found.mean()),
        "cosine_rms": math.sqrt(float(np.mean(found**2))),
        "cosine_largest": float(np.abs(found).max()),
    }


def _different(numbers: OrbitNumbers, length: int) -> dict[str, float | int]:
    starts = numbers.repeats_after()
    return {
        "starts": starts,
        "different": starts // math.gcd(starts, numbers.orbit.apart(length)),
        "entropy_bytes": math.log2(starts) / 8,
    }


def _blocks(numbers: OrbitNumbers, length: int) -> list[Matrix]:
    """E of products of lanes 0, 1, 2, ... cycles apart; a cycle further than there are of them."""
    lags = max(2, numbers.orbit.cycles(length))
    positions = numbers.positions(length)
    return [numbers.lag_products(numbers.scaled, lag, positions) for lag in range(lags)]


def _correlations(
    numbers: OrbitNumbers, blocks: list[Matrix], length: int
) -> dict[str, float | int | None]:
    means = numbers.position_means(numbers.scaled)[numbers.positions(length)]
    squares = np.diagonal(blocks[0])
    later = list(enumerate(blocks))[1:]
    return described(
        strongest_in_a_cycle(blocks[0], means, squares),
        strongest_between_cycles(later, numbers.orbit.lanes, means, squares),
    )


def _directions(
    blocks: list[Matrix], length: int, *, has_eigenvalues: bool
) -> dict[str, float | None]:
    cycles = -(-length // len(blocks[0]))
    matrix = second_moment(blocks[:cycles], length)
    ratio = participation(matrix)
    values = relative_eigenvalues(matrix) if has_eigenvalues else None
    return {
        "participation": ratio,
        "smallest_eigenvalue": None if values is None else max(0.0, float(values[0])),
        "largest_eigenvalue": None if values is None else float(values[-1]),
    }
