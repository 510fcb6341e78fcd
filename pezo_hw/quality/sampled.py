"""Figures of starts drawn at random, with their standard errors, where an orbit is too long."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..numbers.compact_orbit import CompactOrbit
from .correlations import described, strongest_between_cycles, strongest_in_a_cycle
from .exact import cosines
from .figures import Figures, variation_of
from .samples import MIDDLE_CODE, Samples, random_starts
from .spectrum import Matrix, relative_eigenvalues

BATCHES = 10
STEPS = BATCHES + 1
FEWEST = 10 * BATCHES
"""Samples with which an error can still be told."""


def sampled_figures(
    orbit: CompactOrbit,
    length: int,
    samples: int,
    *,
    has_eigenvalues: bool,
    on_step: Callable[[], object],
) -> tuple[Figures, dict[str, float]]:
    """The figures of ``samples`` perturbations, and the standard error of each by name.

    The error is that of the mean of `BATCHES` parts. Eigenvalues of a sample, the strongest of many
    correlations and the largest of many cosines are not estimates of the orbit's own: they are to
    be held against those of as many independent numbers, and have no error.

    Parameters
    ----------
    orbit : CompactOrbit
        Of any size.
    length : int
        d >= 1.
    samples : int
        N >= `FEWEST`.
    has_eigenvalues : bool
        Whether the eigenvalues are computed.
    on_step : callable
        Called `STEPS` times on the way.
    """
    starts = list(random_starts(orbit, samples))
    everything = _no_samples(orbit, length)
    parts = []
    for batch in range(BATCHES):
        some = _no_samples(orbit, length)
        some.add(orbit, starts[batch::BATCHES])
        parts.append(_estimates(some, orbit))
        everything.merge(some)
        on_step()
    found = _estimates(everything, orbit) | _extremes(everything, orbit, has_eigenvalues)
    on_step()
    return Figures(**found), _errors(parts)  # type: ignore[arg-type]


def _no_samples(orbit: CompactOrbit, length: int) -> Samples:
    return Samples(length=length, unit=math.ldexp(orbit.unit, MIDDLE_CODE))


def _errors(parts: list[dict[str, float | None]]) -> dict[str, float]:
    """The standard error of the mean of all parts, for figures that each of them has."""
    errors = {}
    for name in parts[0]:
        values = [value for part in parts if (value := part[name]) is not None]
        if len(values) == len(parts):
            errors[name] = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return errors


def _estimates(samples: Samples, orbit: CompactOrbit) -> dict[str, float | None]:
    """What a sample estimates without bias, or with one that vanishes as 1 / N."""
    products, squares = samples.series("inner"), samples.series("squares")
    angles = cosines(products, squares, samples.series("next_squares"))
    del angles["cosine_largest"]
    return {
        **_moments(samples),
        "cycle_cv_before": variation_of(samples.series("beat_before")),
        "cycle_cv": variation_of(samples.series("beat")),
        "norm_cv_before": variation_of(samples.series("before")),
        "norm_cv": variation_of(squares),
        "participation": _participation(samples.products, squares),
        **angles,
    }


def _moments(samples: Samples) -> dict[str, float | None]:
    """Mean, variance and kurtosis from the means of the first four powers."""
    mean, second, third, fourth = (float(samples.series(f"power {k}").mean()) for k in range(1, 5))
    variance = second - mean**2
    central = fourth - 4 * mean * third + 6 * mean**2 * second - 3 * mean**4
    return {
        "mean": mean * samples.unit,
        "variance": variance * samples.unit**2,
        "kurtosis": central / variance**2 if variance > 0 else None,
    }


def _participation(products: Matrix, squares: NDArray[np.float64]) -> float | None:
    """tr(E)^2 / |E|^2, each from pairs of different samples, so that N does not bias it.

    A sample's own ratio is smaller: d independent numbers give d / (1 + d / N).
    """
    own = float(np.sum(squares**2))
    norm = float(np.vdot(products, products)) - own
    return (float(squares.sum()) ** 2 - own) / norm if norm > 0 else None


def _extremes(
    samples: Samples, orbit: CompactOrbit, has_eigenvalues: bool
) -> dict[str, float | int | None]:
    """What is the most of something in this sample, and what the orbit itself says."""
    values = relative_eigenvalues(samples.products) if has_eigenvalues else None
    both = samples.series("squares"), samples.series("next_squares")
    starts = orbit.starts
    return {
        **_correlations(samples, orbit),
        "smallest_eigenvalue": None if values is None else max(0.0, float(values[0])),
        "largest_eigenvalue": None if values is None else float(values[-1]),
        "cosine_largest": cosines(samples.series("inner"), *both)["cosine_largest"],
        "starts": starts,
        "different": starts // math.gcd(starts, orbit.apart(samples.length)),
        "entropy_bytes": math.log2(starts) / 8,
    }


def _correlations(samples: Samples, orbit: CompactOrbit) -> dict[str, float | int | None]:
    """Within a cycle, and from a cycle to the next one."""
    lanes, count = min(samples.length, orbit.lanes), samples.count
    cycles = samples.length // lanes
    same = _block(samples.products, 0, lanes, cycles) / count
    alone = cycles == 1
    across, lag = (samples.later_products, 0) if alone else (samples.products, 1)
    later = _block(across, lag, lanes, cycles) / count
    means = samples.total[: cycles * lanes].reshape(cycles, lanes).mean(axis=0) / count
    squares = np.diagonal(same)
    apart = orbit.cycles(samples.length) if alone else 1
    return described(
        strongest_in_a_cycle(same, means, squares),
        strongest_between_cycles([(apart, later)], orbit.lanes, means, squares),
    )


def _block(products: Matrix, lag: int, lanes: int, cycles: int) -> Matrix:
    """The mean over the cycles of a perturbation of what lanes' products are so far apart."""
    blocks = [
        products[c * lanes : (c + 1) * lanes, (c + lag) * lanes : (c + lag + 1) * lanes]
        for c in range(cycles - lag)
    ]
    return np.asarray(np.mean(blocks, axis=0))
