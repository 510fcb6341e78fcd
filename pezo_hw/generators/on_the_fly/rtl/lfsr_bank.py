"""The LFSR bank: n registers that step together."""

from __future__ import annotations

from functools import reduce
from operator import xor

from amaranth.hdl import Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ..bank import BankParameters


class LFSRBank(wiring.Component):
    """n maximal-length Fibonacci LFSRs in lockstep, k steps a cycle.

    With ``bank.rotate`` the bank is a *ring*: position p takes the next state of position p + 1
    (mod n), so that it shows RNG (p + t) mod n at cycle t. The circular shift of the paper is then
    wiring alone and costs no logic. Without it position p keeps RNG p.

    The XOR of each next-state bit is a row of `LFSRParameters.cycle_matrix`, which comes from
    running the serial step; its fan-in is at most 4 with the default taps at k = 1.

    Timing: the states are registers; one cycle of all LFSRs for every clock edge with ``en`` high;
    latency 0. Reset (which wins over ``en``) and power-up give the states of ``start_cycle``.

    Parameters
    ----------
    bank : BankParameters
        Registers, seeds, and whether they rotate.
    start_cycle : int
        The cycle shown after reset; negative where something else takes longer to fill.
    entry_bits : int
        The low bits of the last position's next state that can be fed from outside; 0 for none.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    states : Signal(n * b), out
        The state of each position, position 0 lowest; never zero.
    feed : Signal(1), in
        With ``entry_bits`` only: ``entry`` takes the place of those bits.
    entry : Signal(entry_bits), in
        The same.
    entering : Signal(entry_bits), out
        The same: what those bits become at an enabled edge, fed or not.
    """

    def __init__(self, bank: BankParameters, *, start_cycle: int = 0, entry_bits: int = 0) -> None:
        self.bank = bank
        self.start_cycle = start_cycle
        self.entry_bits = entry_bits
        pins = {"en": In(1), "states": Out(bank.rngs * bank.lfsr.width)}
        if entry_bits:
            pins |= {"feed": In(1), "entry": In(entry_bits), "entering": Out(entry_bits)}
        super().__init__(pins)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        width, n = self.bank.lfsr.width, self.bank.rngs
        state = Signal(n * width, name="state", init=self._initial_state())
        following = Signal(n * width, name="following")
        m.d.comb += self.states.eq(state)
        shift = 1 if self.bank.rotate else 0
        sources = [state.word_select((position + shift) % n, width) for position in range(n)]
        successors = self._successors(m, sources)
        if self.entry_bits:
            successors[-1] = self._with_entry(m, successors[-1])
        # In one piece: a statement for each position takes time that grows with their square.
        m.d.comb += following.eq(Cat(*successors))
        with m.If(self.en):
            m.d.sync += state.eq(following)
        return m

    def _successors(self, m: Module, sources: list[Value]) -> list[Value]:
        """Each state a cycle later; what one bit is in all of them is a XOR of whole words.

        So there are as many gates to be written down as an LFSR has feedbacks, however many LFSRs
        there are: tools take minutes over a bank of a thousand whose bits are assigned one by one.
        """
        rows = [_ones(row) for row in self.bank.lfsr.cycle_matrix.rows]
        feedbacks = {}
        for bit, taps in enumerate(rows):
            if len(taps) > 1:
                feedbacks[bit] = feedback = Signal(len(sources), name=f"feedback_{bit}")
                words = (Cat(source[tap] for source in sources) for tap in taps)
                m.d.comb += feedback.eq(reduce(xor, words))
        return [
            Cat(
                feedbacks[bit][position] if bit in feedbacks else source[taps[0]]
                for bit, taps in enumerate(rows)
            )
            for position, source in enumerate(sources)
        ]

    def _with_entry(self, m: Module, successor: Value) -> Value:
        """The last position's next state, its low bits fed from outside on request."""
        own = successor[: self.entry_bits]
        m.d.comb += self.entering.eq(Mux(self.feed, self.entry, own))
        return Cat(self.entering, successor[self.entry_bits :])

    def _initial_state(self) -> int:
        width = self.bank.lfsr.width
        states = self.bank.states_of(self.start_cycle)
        return sum(state << (position * width) for position, state in enumerate(states))


def _ones(row: int) -> list[int]:
    """Where a row of a matrix has ones."""
    return [bit for bit in range(row.bit_length()) if row >> bit & 1]
