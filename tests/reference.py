"""An independent reading of the stream's definition, for the tests to compare with.

Written from the definition alone, bit-serially and with plain Python numbers; it imports nothing of
the package and shares no method with it: registers are stepped one bit at a time, norms are summed
as fractions, random access is stepping from the start.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

XAPP052 = """3:3,2 4:4,3 5:5,3 6:6,5 7:7,6 8:8,6,5,4 9:9,5 10:10,7 11:11,9 12:12,6,4,1
13:13,4,3,1 14:14,5,3,1 15:15,14 16:16,15,13,4 17:17,14 18:18,11"""
TAPS = {
    int(width): [int(tap) for tap in taps.split(",")]
    for width, taps in (entry.split(":") for entry in XAPP052.split())
}


def seeds_from(seed: int, width: int, count: int) -> list[int]:
    """Distinct candidates (w mod (2^b - 1)) + 1 of PCG64's words, drawn one at a time."""
    generator = np.random.PCG64(seed)
    found: list[int] = []
    while len(found) < count:
        candidate = int(generator.random_raw()) % (2**width - 1) + 1
        if candidate not in found:
            found.append(candidate)
    return found


def expected_norm(n: int) -> float:
    """E_n by the recurrence E_1 = sqrt(2/pi), E_2 = sqrt(pi/2), E_(n+2) = E_n (n + 1) / n."""
    norm = math.sqrt(2 / math.pi) if n % 2 else math.sqrt(math.pi / 2)
    for m in range(1 if n % 2 else 2, n, 2):
        norm *= (m + 1) / m
    return norm


@dataclass
class OnTheFly:
    """The on-the-fly stream, stepped from cycle 0."""

    rngs: int = 31
    width: int = 8
    taps: list[int] | None = None
    steps_per_cycle: int = 1
    seed: int = 1
    seeds: list[int] | None = None
    rotate: bool = True
    format: str = "twos-complement"
    lanes: int | None = None
    rounding: str = "nearest"
    gain: float = 1.0
    code_bits: int = 2
    output: str = "shared-exponent"
    mode: str = "adaptive"

    def step(self, x: int) -> int:
        taps = self.taps or TAPS[self.width]
        for _ in range(self.steps_per_cycle):
            feedback = 0
            for tap in taps:
                feedback ^= (x >> (tap - 1)) & 1
            x = ((x << 1) | feedback) % (1 << self.width)
        return x

    def start(self) -> list[int]:
        return list(self.seeds or seeds_from(self.seed, self.width, self.rngs))

    def mantissa(self, x: int) -> int:
        signed = x - 2**self.width if x >= 2 ** (self.width - 1) else x
        return 2 * signed + 1 if self.format == "midrise" else signed

    @property
    def frac(self) -> int:
        return self.width if self.format == "midrise" else self.width - 1

    def exponents(self) -> dict[int, int]:
        """Of every state of RNG 0."""
        states, result = self.start(), {}
        for _ in range(2**self.width - 1):
            squares = sum(self.mantissa(x) ** 2 for x in states)
            norm = math.sqrt(Fraction(squares, 4**self.frac))
            result[states[0]] = self.rounded(expected_norm(self.rngs) / norm / self.gain)
            states = [self.step(x) for x in states]
        return result

    def constant(self) -> int:
        """The exponent of all cycles, from the mean of the squared norms of one orbit."""
        states, squares = self.start(), 0
        for _ in range(2**self.width - 1):
            squares += sum(self.mantissa(x) ** 2 for x in states)
            states = [self.step(x) for x in states]
        mean = Fraction(squares, (2**self.width - 1) * 4**self.frac)
        return self.rounded(expected_norm(self.rngs) / math.sqrt(mean) / self.gain)

    def rounded(self, s: float) -> int:
        k = 0
        while s >= 2.0 ** (k + 1):
            k += 1
        while s < 2.0**k:
            k -= 1
        limit = 1.5 if self.rounding == "nearest" else math.sqrt(2)
        return k + 1 if s >= limit * 2.0**k else k

    @cached_property
    def table(self) -> tuple[int, dict[int, int]]:
        """The base and the code of every state of RNG 0."""
        if self.mode == "constant":
            return self.constant(), dict.fromkeys(range(1, 2**self.width), 0)
        wanted = self.exponents()
        low, high, codes = min(wanted.values()), max(wanted.values()), 2**self.code_bits
        base = low
        if high - low + 1 > codes:
            covered = {
                b: sum(b <= e < b + codes for e in wanted.values())
                for b in range(low, high - codes + 2)
            }
            base = min(b for b in covered if covered[b] == max(covered.values()))
        return base, {x: min(max(e - base, 0), codes - 1) for x, e in wanted.items()}

    def cycles(self) -> Iterator[tuple[int, list[int]]]:
        """Code and mantissas of cycle 0, 1, 2, ..."""
        _, codes = self.table
        states, n, t = self.start(), self.rngs, 0
        while True:
            shown = [states[(p + t) % n] if self.rotate else states[p] for p in range(n)]
            code = codes[states[0]]
            mantissas = [self.mantissa(shown[j % n]) for j in range(self.lanes or n)]
            if self.output == "fixed-point":
                code, mantissas = 0, [m * 2**code for m in mantissas]
            yield code, mantissas
            states = [self.step(x) for x in states]
            t += 1

    def value(self, code: int, mantissa: int) -> float:
        base, _ = self.table
        return float(np.float32(mantissa * 2.0 ** (base + code - self.frac) * self.gain))


@dataclass
class PreGenerated:
    """The pool and its stream."""

    pool: int = 4095
    width: int = 12
    lanes: int = 45
    seed: int = 0
    values: list[float] | None = None

    def numbers(self) -> tuple[list[int], int]:
        """The stored integers and their fraction bits."""
        words = np.random.PCG64(self.seed).random_raw(self.pool)
        u = self.values or [(int(w) >> 11) / 2**52 - 1 for w in words]
        norm = math.sqrt(math.fsum(x * x for x in u))
        scaled = [expected_norm(self.pool) / norm * x for x in u]
        f = 40
        while max(abs(round(x * 2.0**f)) for x in scaled) > 2 ** (self.width - 1) - 1:
            f -= 1
        return [round(x * 2.0**f) for x in scaled], f

    def cycles(self) -> Iterator[tuple[int, list[int]]]:
        """A code of 0 and the mantissas of cycle 0, 1, 2, ..."""
        q, _ = self.numbers()
        t = 0
        while True:
            yield 0, [q[(t * self.lanes + j) % self.pool] for j in range(self.lanes)]
            t += 1
