"""Where copies of the pool are read, cycle by cycle, and where each number is stored in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...algebra.matrix import BitMatrix
from ...algebra.taps import DEFAULT_TAPS


@dataclass(frozen=True, kw_only=True)
class AddressOrder:
    """The order in which the pool's copies are stored: by a count u, which visits all N places.

    With C coprime to N, place u stands for number C * u mod N of the pool, so that any number is
    reached. Copy c holds q[(C * u + c) mod N] there. Where N = 2^m - 1 the places are the states of
    a maximal LFSR of m bits: place u lies at the state after u steps from 1, so that the address
    is counted by a shift register. Elsewhere place u lies at u.

    Attributes
    ----------
    pool : int
        N, at least 2.
    copies : int
        C, coprime to N.

    Examples
    --------
    >>> from pezo_hw.generators.pre_generated.address import AddressOrder
    >>> order = AddressOrder(pool=4095, copies=4)
    >>> order.taps, order.steps_a_number
    ((12, 11, 8, 6), 1024)
    >>> [order.address_of(number) for number in (0, 4, 8)], order.number_at(4)
    ([1, 2, 4], 8)
    """

    pool: int
    copies: int

    @property
    def bits(self) -> int:
        """m, the bits of an address."""
        return (self.pool - 1).bit_length()

    @property
    def is_linear(self) -> bool:
        """Whether the addresses are an LFSR's states."""
        return self.pool == (1 << self.bits) - 1 and self.bits in DEFAULT_TAPS

    @property
    def depth(self) -> int:
        """Words of a copy; 0 is no state of an LFSR, and that word is never read."""
        return self.pool + self.is_linear

    @property
    def taps(self) -> tuple[int, ...]:
        """The LFSR's taps as the stream defines them, none where the address is a counter.

        Of the default taps and their mirror image those without tap 1: the feedback of the second
        step then needs nothing of the first one's, and both are one look-up table each.
        """
        if not self.is_linear:
            return ()
        first, *rest = DEFAULT_TAPS[self.bits]
        if 1 in rest:
            rest = [first - tap for tap in reversed(rest)]
        return (first, *rest)

    @property
    def first(self) -> int:
        """The address of place 0, where number 0 is."""
        return int(self.is_linear)

    @property
    def steps_a_number(self) -> int:
        """By how many places the count moves from a number of the pool to the next."""
        return pow(self.copies, -1, self.pool)

    @cached_property
    def step(self) -> BitMatrix:
        """One place further, on an LFSR's state."""
        return BitMatrix.of_linear_step(self._step, self.bits)

    def back(self, numbers: int) -> BitMatrix:
        """So many numbers of the pool back, on an LFSR's state."""
        return self.step ** self.places_back(numbers)

    def ahead(self, numbers: int) -> BitMatrix:
        """So many numbers of the pool further, on an LFSR's state."""
        return self.step ** self.place_of(numbers)

    def places_back(self, numbers: int) -> int:
        """By how many places the count must go on to be so many numbers of the pool back."""
        return -numbers * self.steps_a_number % self.pool

    def place_of(self, number: int) -> int:
        """The place of a number of the pool, which is taken mod N."""
        return number * self.steps_a_number % self.pool

    def address_of(self, number: int) -> int:
        """Where a perturbation that begins with a number of the pool starts to be read."""
        place = self.place_of(number)
        return (self.step**place).apply(self.first) if self.is_linear else place

    def number_at(self, address: int) -> int | None:
        """The number of the pool that copy 0 has at an address; None where there is none."""
        return self._numbers.get(address)

    @cached_property
    def sequence(self) -> NDArray[np.int64]:
        """The addresses of places 0 ... N - 1, shape (N,)."""
        if not self.is_linear:
            return np.arange(self.pool)
        addresses = [self.first]
        while len(addresses) < self.pool:
            addresses.append(self._step(addresses[-1]))
        return np.array(addresses)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        places = enumerate(self.sequence.tolist())
        return {address: place * self.copies % self.pool for place, address in places}

    def _step(self, state: int) -> int:
        feedback = sum(state >> (tap - 1) for tap in self.taps) & 1
        return (state << 1 | feedback) & ((1 << self.bits) - 1)
