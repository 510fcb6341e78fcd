"""The figures again, by plain loops over every start and every number, in integers and fractions.

It imports nothing of the package. A generator is given as the integers and codes of its cycles,
written from the definition (`tests.reference`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice


@dataclass
class BruteForce:
    """A whole orbit of a stream: T starts, of which each number is an integer * 2^code.

    ``before[t][j]`` and ``after[t][j]`` are those of unit t, lane j; a perturbation starts at a
    unit. A unit is a cycle, or a number of a pool where perturbations start at any number; then
    ``beat`` units are a cycle. The next one starts ``jump`` units later, or without it at the end.
    """

    before: list[list[int]]
    after: list[list[int]]
    beat: int = 1
    jump: int | None = None

    @classmethod
    def of(cls, cycles: Iterator[tuple[int, list[int]]], orbit: int) -> BruteForce:
        """From codes and mantissas of cycle after cycle."""
        listed = list(islice(cycles, orbit))
        return cls([m for _, m in listed], [[x * 2**code for x in m] for code, m in listed])

    @property
    def starts(self) -> range:
        return range(len(self.after))

    @property
    def lanes(self) -> int:
        return len(self.after[0])

    def cycles(self, length: int) -> int:
        return -(-length // self.lanes)

    def vector(self, start: int, length: int, rows: list[list[int]]) -> list[int]:
        taken = [rows[(start + c) % len(rows)] for c in range(self.cycles(length))]
        return [number for row in taken for number in row][:length]

    def vectors(self, length: int) -> list[list[int]]:
        return [self.vector(start, length, self.after) for start in self.starts]

    def moments(self, length: int) -> tuple[Fraction, Fraction, Fraction]:
        """Mean, variance, kurtosis."""
        numbers = [x for u in self.vectors(length) for x in u]
        mean = Fraction(sum(numbers), len(numbers))
        second = sum((x - mean) ** 2 for x in numbers) / len(numbers)
        fourth = sum((x - mean) ** 4 for x in numbers) / len(numbers)
        return mean, second, fourth / second**2 if second else Fraction(0)

    def variation(self, length: int, rows: list[list[int]]) -> float:
        """Deviation / mean of the norm."""
        norms = [math.hypot(*self.vector(start, length, rows)) for start in self.starts]
        mean = math.fsum(norms) / len(norms)
        return math.sqrt(math.fsum((x - mean) ** 2 for x in norms) / len(norms)) / mean

    def second_moment(self, length: int) -> list[list[Fraction]]:
        us = self.vectors(length)
        return [
            [Fraction(sum(u[i] * u[j] for u in us), len(us)) for j in range(length)]
            for i in range(length)
        ]

    def participation(self, length: int) -> Fraction:
        matrix = self.second_moment(length)
        trace = sum(matrix[i][i] for i in range(length))
        return trace**2 / sum(entry**2 for row in matrix for entry in row)

    def correlation(self, first: int, second: int, lag: int) -> float | None:
        """Of two lanes so many cycles apart."""
        t = len(self.after)
        pairs = [(self.after[c][first], self.after[(c + lag) % t][second]) for c in self.starts]
        x, y = (Fraction(sum(pair[k] for pair in pairs), t) for k in (0, 1))
        both = sum((a - x) * (b - y) for a, b in pairs)
        squares = sum((a - x) ** 2 for a, _ in pairs) * sum((b - y) ** 2 for _, b in pairs)
        return float(both) / math.sqrt(squares) if squares else None

    def strongest(self, length: int, lags: range) -> tuple[float, int] | None:
        """The strongest correlation over some lags, and the fewest numbers between such a pair."""
        used = range(min(length, self.lanes))
        found = [
            (value, lag * self.lanes + j - i)
            for lag in lags
            for i in used
            for j in used
            if (lag or i < j) and (value := self.correlation(i, j, lag)) is not None
        ]
        if not found:
            return None
        most = max(abs(value) for value, _ in found)
        return min((f for f in found if abs(f[0]) > most - 1e-12), key=lambda f: f[1])

    def cosines(self, length: int) -> list[float]:
        us = self.vectors(length)
        c = self.cycles(length) if self.jump is None else self.jump
        pairs = [(us[start], us[(start + c) % len(us)]) for start in self.starts]
        return [
            sum(a * b for a, b in zip(u, v, strict=True)) / (math.hypot(*u) * math.hypot(*v))
            for u, v in pairs
            if any(u) and any(v)
        ]

    def identities(self) -> list[tuple[tuple[int, ...], ...]]:
        """For each start all that comes from there on."""
        rows = [tuple(row) for row in self.after]
        return [tuple(rows[start:] + rows[:start]) for start in self.starts]

    def different(self, cycles: int) -> int:
        """How many perturbations of so many cycles come before the first one comes again."""
        seen, start, identities = set(), 0, self.identities()
        while identities[start] not in seen:
            seen.add(identities[start])
            start = (start + (cycles if self.jump is None else self.jump)) % len(identities)
        return len(seen)
