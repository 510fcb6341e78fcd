"""The ring and the pointer architecture show the same in every cycle: proven, and refutable."""

from __future__ import annotations

import pytest
from amaranth.hdl import Cat, Module, Mux, Signal

from pezo_hw.generators.on_the_fly.bank import BankParameters, derive_seeds
from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters
from pezo_hw.generators.on_the_fly.rtl import rotating_bank
from pezo_hw.generators.on_the_fly.rtl.circular_shift_pointer import CircularShiftPointer
from tests.formal.induction import Induction
from tests.formal.rotation_miter import RotationMiter

RELATION = ("related", "in_range")
# n, b, steps per cycle, start cycle: odd, even and power-of-two n, each once before cycle 0.
SMALL = [
    (2, 3, 1, 0),
    (3, 3, 1, -2),
    (3, 3, 3, 5),
    (5, 4, 1, -2),
    (5, 4, 4, -2),
    (7, 3, 2, 1),
    (4, 5, 5, -2),
    (3, 8, 8, -1),
    (8, 4, 1, -2),
    (8, 4, 7, 9),
]
FULL_SIZE = [(31, 8, 1, -2), (31, 8, 8, -2), (31, 14, 1, -2)]


class ShowsTheNextPosition(CircularShiftPointer):
    """Shifts by one position too many."""

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.correct = correct = CircularShiftPointer(
            self.count, self.width, start_cycle=self.start_cycle
        )
        m.d.comb += [
            correct.en.eq(self.en),
            correct.words.eq(self.words),
            self.pointer.eq(correct.pointer),
            self.positions.eq(
                Cat(correct.positions[self.width :], correct.positions[: self.width])
            ),
        ]
        return m


class WrapsLate(CircularShiftPointer):
    """Counts 0 ... n and not 0 ... n - 1; everything else is right."""

    def elaborate(self, platform: object) -> Module:
        m = Module()
        count = Signal(self.pointer.shape(), init=self.start_cycle % self.count)
        with m.If(self.en):
            m.d.sync += count.eq(Mux(count == self.count, 0, count + 1))
        cases = [
            Cat(self.words[value * self.width :], self.words[: value * self.width])
            for value in range(self.count)
        ]
        m.d.comb += self.pointer.eq(count)
        with m.Switch(count):
            for value, shifted in enumerate(cases):
                with m.Case(value):
                    m.d.comb += self.positions.eq(shifted)
        return m


def miter(n: int, width: int, steps: int = 1, start_cycle: int = -2) -> RotationMiter:
    lfsr = LFSRParameters(width=width, steps_per_cycle=steps)
    bank = BankParameters(lfsr=lfsr, seeds=derive_seeds(1, width, n))
    return RotationMiter(bank, start_cycle=start_cycle)


@pytest.mark.parametrize(("n", "width", "steps", "start_cycle"), SMALL)
def test_both_architectures_show_the_same_in_every_cycle(n, width, steps, start_cycle):
    induction = Induction(miter(n, width, steps, start_cycle), invariant=RELATION)
    assert induction.base() is None
    assert induction.step() is None


@pytest.mark.slow
@pytest.mark.parametrize(("n", "width", "steps", "start_cycle"), FULL_SIZE)
def test_they_do_at_the_papers_size(n, width, steps, start_cycle):
    whole = miter(n, width, steps, start_cycle)
    induction = Induction(whole, invariant=RELATION, cases="pointer")
    assert induction.base() is None
    assert induction.step() is None


def test_a_proof_by_cases_leaves_no_case_out(monkeypatch):
    """Wrong in a single value of the pointer only, which is the last one below n."""
    monkeypatch.setattr(rotating_bank, "CircularShiftPointer", WrapsLate)
    refuted = Induction(miter(5, 4), invariant=RELATION, cases="pointer").step()
    assert refuted is not None
    assert "pointer@0=4" in refuted.split()


@pytest.mark.parametrize(("n", "width"), [(2, 3), (3, 3), (5, 4), (8, 4)])
def test_the_step_fails_without_the_relation(n, width):
    assert Induction(miter(n, width), invariant=["in_range"]).step() is not None


@pytest.mark.parametrize(("n", "width"), [(3, 3), (5, 4), (7, 3)])
def test_equal_outputs_alone_are_no_induction(n, width):
    """Above n the pointer may run through 2^bits, which n does not divide here."""
    assert Induction(miter(n, width), invariant=["equal"]).step() is not None


@pytest.mark.parametrize("n", [3, 5, 7])
@pytest.mark.parametrize("wrong", [ShowsTheNextPosition, WrapsLate])
def test_a_pointer_that_is_off_by_one_is_refuted(monkeypatch, wrong, n):
    monkeypatch.setattr(rotating_bank, "CircularShiftPointer", wrong)
    assert Induction(miter(n, 4), invariant=RELATION).step() is not None


def test_a_bank_that_starts_in_another_cycle_is_refuted(monkeypatch):
    def one_later(words: int, width: int, *, start_cycle: int) -> CircularShiftPointer:
        return CircularShiftPointer(words, width, start_cycle=start_cycle + 1)

    monkeypatch.setattr(rotating_bank, "CircularShiftPointer", one_later)
    induction = Induction(miter(5, 4), invariant=RELATION)
    assert induction.base() is not None
    assert induction.step() is not None, "a reset gives the same wrong pointer"
