"""The tree's numbers, fast: tables that two registers share, of what both decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ....numbers.number_format import NumberFormat
from ....numbers.number_tables import Numbers
from ..mantissa_numbers import worth_of
from ..xnor_lfsr import xnor_lfsr
from .levels import LEVELS, SIGN_THRESHOLD, WIDTHS, Level
from .model import FIXED_POINT, TreeStream

# What is computed at once stays in a core's own cache.
_NUMBERS_AT_ONCE = 1 << 18
_CODES = 256


class TreeNumbers(Numbers):
    """Bit for bit those of `TreeStream`, lane by lane out of `JointTables`.

    Parameters
    ----------
    stream : TreeStream
        The golden model.
    form : NumberFormat
        What the numbers are to be.
    """

    def __init__(self, stream: TreeStream, form: NumberFormat) -> None:
        super().__init__(form.dtype)
        self.run = _NUMBERS_AT_ONCE
        self._lanes = stream.lanes
        self._tables = JointTables(stream.start_phases, self.run // self._lanes + 2)
        mantissas = np.arange(1 - _CODES, _CODES, 2, dtype=np.int32)
        self._worth = worth_of(mantissas, FIXED_POINT, form)

    def read(self, first: int, count: int) -> NDArray[Any]:
        cycle, skipped = divmod(first, self._lanes)
        cycles = -(-(skipped + count) // self._lanes)
        codes = self._tables.codes(cycle, cycles).T.reshape(-1)
        return self._worth[codes[skipped : skipped + count]]


class JointTable:
    """What two registers of coprime periods decide together, in the order of the cycles.

    A lane walks through the table entry by entry, from the place where both registers have their
    start states (Chinese remainder theorem), so that a run of cycles is one piece of memory.

    Parameters
    ----------
    registers : (int, int)
        Which of a lane's eight, 0 that of bit 7.
    entries : ndarray, shape (2^width, 2^width)
        What they decide, by their states.
    start_phases : sequence of ndarray of int, shape (W,)
        Of each register of every lane.
    longest : int
        The longest run that is read.
    """

    def __init__(
        self,
        registers: tuple[int, int],
        entries: NDArray[np.uint32],
        start_phases: Sequence[NDArray[np.int64]],
        longest: int,
    ) -> None:
        first, second = (xnor_lfsr(WIDTHS[register]) for register in registers)
        self._period = first.period * second.period
        cycles = np.arange(self._period + longest - 1)
        states = (lfsr.states[cycles % lfsr.period] for lfsr in (first, second))
        narrowest = np.min_scalar_type(int(entries.max()))
        self._table = entries.astype(narrowest)[tuple(states)]
        here, there = (start_phases[register] for register in registers)
        turns = (there - here) * pow(first.period, -1, second.period) % second.period
        self._starts = here + first.period * turns

    def runs(self, start: int, count: int) -> NDArray[Any]:
        """The entries of ``count`` cycles from cycle ``start`` on, shape (W, count)."""
        places = (self._starts + start % self._period) % self._period
        runs: NDArray[Any] = sliding_window_view(self._table, count)[places]
        return runs


class JointTables:
    """The whole tree in four tables: bits 6 and 5; sign and bit 4; 3 and 2; 1 and 0.

    Memory: 2 MB.

    Parameters
    ----------
    start_phases : sequence of ndarray of int, shape (W,)
        Of each register of every lane.
    longest : int
        The longest run of cycles.
    """

    def __init__(self, start_phases: Sequence[NDArray[np.int64]], longest: int) -> None:
        entries = {
            (1, 2): _two_levels(LEVELS[0], LEVELS[1]),
            (0, 3): _sign_and(LEVELS[2]),
            (4, 5): _two_levels(LEVELS[3], LEVELS[4]),
            (6, 7): _two_levels(LEVELS[5], LEVELS[6]),
        }
        self._tables = [
            JointTable(registers, entry, start_phases, longest)
            for registers, entry in entries.items()
        ]

    def codes(self, start: int, count: int) -> NDArray[np.uint8]:
        """Mantissas as (m + 255) / 2, 0 to 255, shape (W, count)."""
        top, sign_and_4, middle, low = (table.runs(start, count) for table in self._tables)
        path: NDArray[Any] = (top << 1) | ((sign_and_4 >> top) & 1)
        path = (path << 2) | ((middle >> (path << 1)) & 3).astype(np.uint8)
        path = (path << 2) | ((low >> (path & 0x1E)) & 3).astype(np.uint8)
        codes: NDArray[np.uint8] = path ^ ((sign_and_4 >> 4) * np.uint8(255))
        return codes


def _two_levels(upper: Level, lower: Level) -> NDArray[np.uint32]:
    """The bits of two levels, one after the other, at 2p for each p that chooses the upper's node.

    The lower's node is chosen by that bit as well, or by fewer bits than the upper's.
    """
    entries = np.zeros((1 << upper.width, 1 << lower.width), dtype=np.uint32)
    below = lower.outcomes.astype(np.uint32)
    for node, bits in enumerate(upper.outcomes.astype(np.uint32)):
        if lower.prefix > upper.prefix:
            chosen = below[(node << 1) | bits]
        else:
            chosen = below[node >> (upper.prefix - lower.prefix)][None, :]
        entries |= ((bits[:, None] << 1) | chosen) << (2 * node)
    return entries


def _sign_and(level: Level) -> NDArray[np.uint32]:
    """A level's bit at p for each p that chooses its node, and above them the sign."""
    nodes = 1 << level.prefix
    shifts = np.arange(nodes, dtype=np.uint32)[:, None]
    bits = np.bitwise_or.reduce(level.outcomes.astype(np.uint32) << shifts, axis=0)
    is_positive = np.arange(1 << WIDTHS[0]) >= SIGN_THRESHOLD
    signs = is_positive.astype(np.uint32) << nodes
    entries: NDArray[np.uint32] = signs[:, None] | bits[None, :]
    return entries
