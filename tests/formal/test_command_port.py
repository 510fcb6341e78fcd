"""A number of beats becomes a command's length: proven for every number, in two clock cycles."""

from __future__ import annotations

import pytest
import z3

from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.axi.rtl.command_port import CommandPort
from tests.formal.transition_system import TransitionSystem, counterexample
from tests.making import replay_of

POOL = PreGeneratedParameters(pool=15, width=4, lanes=5, leftover="row")
STABLE = 2


def miscounted(count_bits: int, *, stable: int = STABLE) -> str | None:
    """A number that has stood for some clock cycles and is not subtracted from as it should be.

    The reference is the subtraction as a whole, and whether what it gives can be counted.
    """
    system = TransitionSystem.of(CommandPort(replay_of(POOL, SystemOptions(count_bits=count_bits))))
    solver, wire = system.solver(stable + 1), system.wire
    beats = wire("beats", 0)
    solver.add(*(wire("beats", state) == beats for state in range(stable)))
    less_one = z3.ZeroExt(1, beats) - 1
    kept = system.widths["counted"]
    countable = z3.Extract(32, kept, less_one) == 0
    return counterexample(
        solver,
        z3.Implies(countable, wire("counted", stable) == z3.Extract(kept - 1, 0, less_one)),
        wire("countable", stable) == countable,
    )


@pytest.mark.parametrize("count_bits", [2, 5, 26, 31, 32, 48])
def test_every_number(count_bits: int):
    assert miscounted(count_bits) is None


def test_one_cycle_is_too_short():
    assert miscounted(26, stable=1) is not None
