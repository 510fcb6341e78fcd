"""A long shift register that gives many new bits a cycle, and a way to any of its cycles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...algebra.polynomial import from_exponents, power_of_x_mod

Rows = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class LeapLFSR:
    """An LFSR of two taps with XNOR feedback that takes many steps in one clock cycle.

    With the state x of n bits, bit 0 the least significant, one step is::

        feedback = 1 XOR bit (n - 1) of x XOR bit (tap - 1) of x
        x        = ((x << 1) | feedback) mod 2^n

    and a cycle takes ``leap`` <= n of them, whose feedbacks are new bits. All states but all ones
    follow one another where x^n + x^tap + 1 is primitive and ``leap`` coprime to 2^n - 1.

    Attributes
    ----------
    width : int
        n.
    tap : int
        The tap beside n.
    leap : int
        Steps in a cycle.

    Examples
    --------
    >>> from pezo_hw.generators.gaussian.leap_lfsr import LeapLFSR
    >>> lfsr = LeapLFSR(width=7, tap=3, leap=2)
    >>> lfsr.step(0), lfsr.advance(0, 1), lfsr.advance(3, -1)
    (1, 3, 0)
    """

    width: int
    tap: int
    leap: int

    @property
    def period(self) -> int:
        """Cycles until a state returns: 2^n - 1."""
        return (1 << self.width) - 1

    def step(self, state: int) -> int:
        """One step of the register, bit-serially."""
        feedback = ~(state >> (self.width - 1) ^ state >> (self.tap - 1)) & 1
        return ((state << 1) | feedback) & self.period

    @cached_property
    def following(self) -> tuple[int, ...]:
        """What each bit is a cycle later: the XOR of these bits of x; bit n stands for a one."""
        bits = [1 << bit for bit in range(self.width)]
        for _ in range(self.leap):
            bits = [bits[-1] ^ bits[self.tap - 1] ^ (1 << self.width), *bits[:-1]]
        return tuple(bits)

    def advance(self, state: int, cycles: int) -> int:
        """The state any number of cycles later, or earlier where it is negative."""
        return int("".join(map(str, self.bits([state], 0, start=cycles)[0].tolist())), 2)

    def bits(self, states: Sequence[int], count: int, *, start: int = 0) -> Rows:
        """The bits of the states and all that come after them, shape (states, n + leap * count).

        From cycle ``start`` on, oldest first: those of the state c cycles later are the n from
        ``leap * c`` on, its highest bit first.
        """
        rows = self._moved(states, start)
        return 1 - self._continued(rows, self.width + self.leap * count)

    def fresh_bytes(self, states: Sequence[int], count: int, *, start: int = 0) -> Rows:
        """The new bits of each cycle from ``start`` on, shape (states, count, leap / 8).

        They are the low ones of its state, the highest byte first; ``leap`` is a multiple of 8.
        """
        size, first = self.leap // 8 * count, self.width - self.leap
        known = min(size, self.width)
        bits = self._continued(self._moved(states, start), first + 8 * known)
        # Bits eight apart follow one another as neighbours do, and so do whole bytes.
        packed = self._continued(np.packbits(bits[:, first:], axis=1), size)
        return ~packed.reshape(len(states), count, self.leap // 8)

    def _moved(self, states: Sequence[int], cycles: int) -> Rows:
        """The complements of the states so many cycles later, the highest bit first.

        They are n neighbours of a sequence in which s[i + n] = s[i + n - tap] XOR s[i]; s[i + k] is
        then the XOR of those s[i + j] for which x^k mod x^n + x^(n - tap) + 1 has x^j.
        """
        rows = np.array([[x == "0" for x in f"{s:0{self.width}b}"] for s in states], dtype=np.uint8)
        steps = cycles * self.leap % self.period
        jump = power_of_x_mod(steps, from_exponents((self.width, self.width - self.tap, 0)))
        sequence = self._continued(rows, 2 * self.width - 1)
        moved = np.zeros_like(rows)
        for place in range(self.width):
            if jump >> place & 1:
                moved ^= sequence[:, place : place + self.width]
        return moved

    def _continued(self, rows: Rows, length: int) -> Rows:
        """The first ``length`` of a sequence that begins with each row, of at least n if longer."""
        continued = np.empty((len(rows), length), dtype=np.uint8)
        done, scale = min(rows.shape[1], length), 1
        continued[:, :done] = rows[:, :done]
        while done < length:
            # The square of a polynomial over GF(2) has the doubled exponents.
            scale *= 2 if done >= 2 * scale * self.width else 1
            size = min(scale * self.tap, length - done)
            far, near = done - scale * self.width, done - scale * self.tap
            np.bitwise_xor(
                continued[:, far : far + size],
                continued[:, near : near + size],
                out=continued[:, done : done + size],
            )
            done += size
        return continued


def wide_start_states(seed: int, count: int, width: int) -> list[int]:
    """The state at cycle 0 of each of ``count`` registers of up to 128 bits.

    Two words w and v of PCG64's raw output each, first w: (w + 2^64 * v) mod (2^width - 1).
    """
    words = np.random.PCG64(seed).random_raw(2 * count).tolist()
    pairs = zip(words[::2], words[1::2], strict=True)
    return [(low | high << 64) % ((1 << width) - 1) for low, high in pairs]
