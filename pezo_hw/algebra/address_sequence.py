"""The order in which the pool's rows are stored, so that their address needs no carry chain."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from .factor import prime_factors

# A counter of at most 6 bits has next-state functions of at most 6 inputs: one 6-input LUT each.
_LARGEST_MODULUS = 64


@dataclass(frozen=True, kw_only=True)
class AddressSequence:
    """Free-running counters of coprime moduli whose fields together address a memory.

    At row t the address holds t mod m_0 in its lowest field, t mod m_1 in the next, and so on. By
    the Chinese remainder theorem the tuple visits rows 0 ... R - 1, R the product of the moduli,
    each once before it repeats; row t is therefore stored at ``address_of(t)``.

    Attributes
    ----------
    moduli : tuple of int
        Pairwise coprime, at least 1; one modulus is an ordinary counter.
    """

    moduli: tuple[int, ...]

    @classmethod
    def for_rows(cls, rows: int) -> AddressSequence:
        """The fewest counters of at most 6 bits that take no more address bits than one would.

        Where no such split exists it is one counter, whatever its width.
        """
        bits = _bits(rows)
        fitting = [
            split
            for split in _coprime_splits(_prime_powers(rows))
            if max(split) <= _LARGEST_MODULUS and sum(map(_bits, split)) <= bits
        ]
        return cls(moduli=min(fitting, key=lambda split: (len(split), split), default=(rows,)))

    @property
    def rows(self) -> int:
        """R, the rows before the sequence repeats."""
        return math.prod(self.moduli)

    @property
    def field_bits(self) -> tuple[int, ...]:
        """Width of each counter, lowest field first."""
        return tuple(_bits(modulus) for modulus in self.moduli)

    @property
    def address_bits(self) -> int:
        """Width of the address."""
        return sum(self.field_bits)

    def address_of(self, row: int) -> int:
        """Where row ``row`` (taken mod R) is stored."""
        address = offset = 0
        for modulus, bits in zip(self.moduli, self.field_bits, strict=True):
            address |= (row % modulus) << offset
            offset += bits
        return address

    @property
    def depth(self) -> int:
        """Words of the smallest memory that holds every row."""
        highest = (modulus - 1 for modulus in self.moduli)
        offsets = (sum(self.field_bits[:i]) for i in range(len(self.moduli)))
        return 1 + sum(value << offset for value, offset in zip(highest, offsets, strict=True))


def _bits(modulus: int) -> int:
    return (modulus - 1).bit_length()


def _prime_powers(number: int) -> list[int]:
    """The largest power of each prime that divides ``number``, or [1]."""
    powers = []
    for prime in prime_factors(number):
        power = prime
        while number % (power * prime) == 0:
            power *= prime
        powers.append(power)
    return powers or [1]


def _coprime_splits(powers: list[int]) -> Iterator[tuple[int, ...]]:
    """Every way to gather the prime powers into groups, as the groups' sorted products."""
    if not powers:
        yield ()
        return
    first, *rest = powers
    for split in _coprime_splits(rest):
        yield tuple(sorted((first, *split)))
        for index, group in enumerate(split):
            yield tuple(sorted((*split[:index], group * first, *split[index + 1 :])))
