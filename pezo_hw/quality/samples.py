"""Perturbations from starts drawn at random, and the sums that figures are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..numbers.compact_orbit import CompactOrbit
from .spectrum import Matrix

_SEED = 1
_AT_ONCE = 256
_MORE_WORDS = 2
# Codes are taken relative to this one: fourth powers of 2^255 are no numbers.
MIDDLE_CODE = 128


@dataclass(kw_only=True)
class Samples:
    """What is kept of N pairs of perturbations, each with the one that follows it.

    Attributes
    ----------
    length : int
        d.
    products : ndarray, shape (d, d)
        The sum of u u^T.
    later_products : ndarray, shape (d, d)
        The sum of u v^T, v being the d numbers that come right after it.
    total : ndarray, shape (d,)
        The sum of u.
    rows : dict of str to list of ndarray
        By name what each sample says: moments, squared norms, the product with the next one.
    unit : float
        What 1 is worth in all of these.
    """

    length: int
    unit: float
    products: Matrix = field(init=False)
    later_products: Matrix = field(init=False)
    total: NDArray[np.float64] = field(init=False)
    rows: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.products = np.zeros((self.length, self.length))
        self.later_products = np.zeros((self.length, self.length))
        self.total = np.zeros(self.length)

    @property
    def count(self) -> int:
        """N."""
        return len(self.series("squares"))

    def series(self, name: str) -> NDArray[np.float64]:
        """What all samples say of something, in order."""
        return np.concatenate(self.rows[name])

    def add(self, orbit: CompactOrbit, starts: list[int]) -> None:
        """Draw perturbations from these starts."""
        for first in range(0, len(starts), _AT_ONCE):
            part = [_pair(orbit, start, self.length) for start in starts[first : first + _AT_ONCE]]
            before, after, later, following, beat_before, beat_after = map(
                np.array, zip(*part, strict=True)
            )
            self.products += after.T @ after
            self.later_products += after.T @ later
            self.total += after.sum(axis=0)
            for name, series in {
                "before": np.sum(before**2, axis=1),
                "squares": np.sum(after**2, axis=1),
                "next_squares": np.sum(following**2, axis=1),
                "inner": np.sum(after * following, axis=1),
                "beat_before": np.sum(beat_before**2, axis=1),
                "beat": np.sum(beat_after**2, axis=1),
                **{f"power {k}": np.mean(after**k, axis=1) for k in range(1, 5)},
            }.items():
                self.rows.setdefault(name, []).append(series)

    def merge(self, other: Samples) -> None:
        """Take in what another has of the same length."""
        self.products += other.products
        self.later_products += other.later_products
        self.total += other.total
        for name, series in other.rows.items():
            self.rows.setdefault(name, []).extend(series)


def _pair(orbit: CompactOrbit, start: int, length: int) -> tuple[NDArray[np.float64], ...]:
    """A perturbation before and after scaling, as many numbers after it, the next perturbation, and
    a beat before and after scaling.
    """
    cycles = orbit.cycles(length)
    beat_cycles = orbit.cycles(orbit.beat_lanes)
    before, after = _numbers(orbit, start, max(2 * cycles, beat_cycles))
    later = after[cycles : 2 * cycles]
    has_jump = orbit.jump is not None
    following = _numbers(orbit, start + orbit.apart(length), cycles)[1] if has_jump else later
    return (
        before[:cycles].reshape(-1)[:length],
        after[:cycles].reshape(-1)[:length],
        later.reshape(-1)[:length],
        following.reshape(-1)[:length],
        before[:beat_cycles].reshape(-1)[: orbit.beat_lanes],
        after[:beat_cycles].reshape(-1)[: orbit.beat_lanes],
    )


def _numbers(
    orbit: CompactOrbit, start: int, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What so many cycles show, before and after scaling."""
    mantissas, codes = orbit.window(start, count)
    before = mantissas.astype(np.float64)
    return before, np.ldexp(before, codes.astype(np.int64)[:, None] - MIDDLE_CODE)


def random_starts(orbit: CompactOrbit, count: int) -> Iterator[int]:
    """Starts of an orbit of any size, each as likely as every other but for one in 2^128."""
    generator = np.random.PCG64(_SEED)
    words = -(-orbit.starts.bit_length() // 64) + _MORE_WORDS
    for _ in range(count):
        drawn = generator.random_raw(words).astype("<u8").tobytes()
        yield int.from_bytes(drawn, "little") % orbit.starts
