"""Both rotation architectures side by side."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.generators.on_the_fly.bank import BankParameters
from pezo_hw.generators.on_the_fly.rtl.rotating_bank import RotatingBank


class OpenedBank(RotatingBank):
    """A ``"pointer"`` bank, unchanged, whose fixed RNGs and pointer can be seen."""

    def __init__(self, bank: BankParameters, *, start_cycle: int) -> None:
        super().__init__(bank, architecture="pointer", start_cycle=start_cycle)
        self.fixed = Signal(bank.rngs * bank.lfsr.width, name="fixed")
        self.count = Signal((bank.rngs - 1).bit_length(), name="count")

    def elaborate(self, platform: object) -> Module:
        m = super().elaborate(platform)
        m.d.comb += [
            self.fixed.eq(m.submodules.lfsr_bank.states),
            self.count.eq(m.submodules.circular_shift.pointer),
        ]
        return m


class RotationMiter(wiring.Component):
    """A ``"ring"`` and a ``"pointer"`` bank on the same ``en`` and reset, and what relates them.

    The relation is written as a case distinction over the pointer's values, so that it shares
    nothing with the rotator that it speaks about.

    Parameters
    ----------
    bank : BankParameters
        Of both; ``rotate`` is set.
    start_cycle : int
        Of both.

    Members
    -------
    en : Signal(1), in
        Clock enable of both.
    pointer : Signal(ceil(log2 n)), out
        The second bank's.
    related : Signal(1), out
        Position p of the ring holds the state of fixed RNG (p + pointer) mod n.
    in_range : Signal(1), out
        pointer < n.
    equal : Signal(1), out
        Both show the same.
    """

    def __init__(self, bank: BankParameters, *, start_cycle: int = 0) -> None:
        self.bank = bank
        self.start_cycle = start_cycle
        super().__init__(
            {
                "en": In(1),
                "pointer": Out((bank.rngs - 1).bit_length()),
                "related": Out(1),
                "in_range": Out(1),
                "equal": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.ring = ring = RotatingBank(self.bank, start_cycle=self.start_cycle)
        m.submodules.textbook = textbook = OpenedBank(self.bank, start_cycle=self.start_cycle)
        m.d.comb += [
            ring.en.eq(self.en),
            textbook.en.eq(self.en),
            self.pointer.eq(textbook.count),
            self.related.eq(self._is_shifted(ring.positions, textbook.fixed)),
            self.in_range.eq(self.pointer < self.bank.rngs),
            self.equal.eq(ring.positions == textbook.positions),
        ]
        return m

    def _is_shifted(self, shown: Value, fixed: Value) -> Value:
        """One comparison for each value of the pointer below n."""
        width = self.bank.lfsr.width
        cases = (
            (self.pointer == value) & (shown == Cat(fixed[value * width :], fixed[: value * width]))
            for value in range(self.bank.rngs)
        )
        return Cat(*cases).any()
