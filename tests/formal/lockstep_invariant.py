"""What the registers of a checked ring hold while nothing flips, whatever it is fed."""

from __future__ import annotations

import functools
import operator

import z3

from pezo_hw.algebra.matrix import BitMatrix
from tests.formal.checked_ring import CheckedRing
from tests.formal.transition_system import TransitionSystem

_CHECK = "lockstep_check"
_LINE = f"{_CHECK}.turn"


class LockstepInvariant:
    """Relates the ring to the words that the check keeps, j clock edges after they entered.

    Parameters
    ----------
    ring : CheckedRing
        With a bank whose delay line has a single counter.
    """

    def __init__(self, ring: CheckedRing) -> None:
        self.system = TransitionSystem.of(ring)
        self._n, self._width = ring.parameters.rngs, ring.parameters.width
        self._matrix = ring.parameters.lfsr.cycle_matrix
        self._has_tracker = ring.parameters.has_table

    def holds(
        self, state: int, passed: z3.BitVecRef, lanes: z3.BitVecRef | int = 0, tracker: object = 0
    ) -> z3.BoolRef:
        """So many enabled edges after a reset (n stands for more), these bits having flipped."""
        ring = self.system.wire("ring.states", state) ^ lanes
        kept = [
            z3.Implies(
                z3.UGE(passed, age), self._matrix_power(age - 1, word) == self._at(ring, age)
            )
            for age in range(1, self._n)
            for word in [self._kept(state, age)]
        ]
        expected = self.system.wire(f"{_CHECK}.expected", state)
        full = z3.UGE(passed, self._n)
        return z3.And(
            z3.ULE(passed, self._n),
            self._counts(state),
            *kept,
            z3.Implies(full, expected == self._matrix_power(self._n, self._kept_last(ring))),
            z3.Implies(z3.UGE(passed, 1), self._is_copied(state, tracker)),
            z3.Implies(self.system.wire(f"{_CHECK}.armed", state), full),
            z3.Not(self.system.wire("fault", state)),
        )

    def _is_copied(self, state: int, tracker: object) -> z3.BoolRef:
        if not self._has_tracker:
            return z3.BoolVal(True)
        tracked = self.system.wire("tracker.states", state) ^ tracker
        return self.system.wire(f"{_CHECK}.tracker_copy", state) == tracked

    def following(self, state: int, passed: z3.BitVecRef) -> z3.BitVecRef:
        """The edges that have passed after one more clock edge."""
        wire = self.system.wire
        more = z3.If(passed == self._n, passed, passed + 1)
        return z3.If(wire("rst", state), 0, z3.If(wire("en", state), more, passed))

    def honest(self, state: int, passed: z3.BitVecRef) -> z3.BoolRef:
        """``complete`` is not said too soon."""
        return z3.Implies(self.system.wire("complete", state), z3.UGE(passed, self._n))

    def _at(self, ring: z3.BitVecRef, age: int) -> z3.BitVecRef:
        """The position of the word that entered ``age`` - 1 edges before the last one."""
        low = (self._n - age) * self._width
        return z3.Extract(low + self._width - 1, low, ring)

    def _kept_last(self, ring: z3.BitVecRef) -> z3.BitVecRef:
        """What entered position 0's word, by running it backwards."""
        backwards = -(self._n - 1) % ((1 << self._width) - 1)
        return self._matrix_power(backwards, self._at(ring, self._n))

    def _kept(self, state: int, age: int) -> z3.BitVecRef:
        """The word of the delay line that entered at the same time."""
        wire = self.system.wire
        if self._n <= 3:
            return wire(f"{_LINE}.delayed_{age - 1}", state)
        if age == self._n - 1:
            return wire(f"{_LINE}.o", state)
        slots = self._n - 2
        counter = self._counter(state)
        word = wire(f"{_LINE}.delayed_words[0]", state)
        for slot in range(1, slots):
            at = (slot + age) % slots
            word = z3.If(counter == at, wire(f"{_LINE}.delayed_words[{slot}]", state), word)
        return word

    def _counts(self, state: int) -> z3.BoolRef:
        return z3.BoolVal(True) if self._n <= 3 else z3.ULT(self._counter(state), self._n - 2)

    def _counter(self, state: int) -> z3.BitVecRef:
        wire = self.system.wire(f"{_LINE}.counter.counter_0", state)
        narrow = z3.If(wire, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) if z3.is_bool(wire) else wire
        return z3.ZeroExt(8 - narrow.size(), narrow)

    def _matrix_power(self, exponent: int, word: z3.BitVecRef) -> z3.BitVecRef:
        return _image(self._matrix**exponent, word)


def _image(matrix: BitMatrix, word: z3.BitVecRef) -> z3.BitVecRef:
    bits = [
        functools.reduce(
            operator.xor,
            [z3.Extract(bit, bit, word) for bit in range(matrix.size) if row >> bit & 1],
        )
        for row in matrix.rows
    ]
    return z3.Concat(*reversed(bits))
