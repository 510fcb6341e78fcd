"""What the pins promise, proven of every transition: ``valid`` stays, ``en`` low freezes."""

from __future__ import annotations

import pytest
import z3
from amaranth.hdl import Cat, Module
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.rtl.fill_counter import FillCounter
from tests.formal.transition_system import TransitionSystem, counterexample
from tests.making import generator_of


class FallsOnceFull(wiring.Component):
    """A fill counter that shifts in zeros once it has filled."""

    def __init__(self) -> None:
        super().__init__({"en": In(1), "valid": Out(1), "filled": Out(3)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        with m.If(self.en):
            m.d.sync += self.filled.eq(Cat(~self.valid, self.filled[:-1]))
        m.d.comb += self.valid.eq(self.filled[-1])
        return m


def valid_falls(system: TransitionSystem) -> str | None:
    """How ``valid`` falls without a reset, by induction over the ones below the highest one."""
    first, later = system.solver(1, from_initial=True), system.solver(2)
    valid, following = system.wire("valid", 0), system.wire("valid", 1)
    stays = z3.Implies(z3.And(valid, z3.Not(system.wire("rst", 0))), following)
    later.add(_filled_from_below(system, 0))
    return counterexample(first, _filled_from_below(system, 0)) or counterexample(
        later, stays, _filled_from_below(system, 1)
    )


def _filled_from_below(system: TransitionSystem, state: int) -> z3.BoolRef:
    """No zero lies below a one in the shift register."""
    filled = system.wire("filled", state)
    return z3.BoolVal(True) if z3.is_bool(filled) else filled & (filled + 1) == 0


def output_changes(system: TransitionSystem, **inputs: bool) -> str | None:
    """How an output changes at a clock edge under these inputs, whatever they are after it."""
    solver = system.solver(2)
    solver.add(*(system.wire(name, 0) == value for name, value in inputs.items()))
    outputs = [name for name in ("valid", "mantissa", "code") if name in system.widths]
    return counterexample(solver, *(system.wire(o, 0) == system.wire(o, 1) for o in outputs))


@pytest.mark.parametrize("latency", [1, 2, 3, 8])
def test_valid_never_falls_without_a_reset(latency):
    assert valid_falls(TransitionSystem.of(FillCounter(latency))) is None


def test_a_valid_that_falls_is_found():
    assert valid_falls(TransitionSystem.of(FallsOnceFull())) is not None


@pytest.fixture(
    params=[
        pytest.param(OnTheFlyParameters(rngs=3, width=4), id="ring"),
        pytest.param(OnTheFlyParameters(rngs=3, width=4, architecture="pointer"), id="pointer"),
        pytest.param(OnTheFlyParameters(rngs=2, width=7, format="midrise"), id="block"),
        pytest.param(PreGeneratedParameters(leftover="row", pool=15, width=4, lanes=5), id="pool"),
    ]
)
def core(request: pytest.FixtureRequest) -> TransitionSystem:
    return TransitionSystem.of(generator_of(request.param).create())


def test_every_output_holds_while_en_is_low(core):
    assert output_changes(core, en=False, rst=False) is None


@pytest.mark.parametrize("inputs", [{"en": True, "rst": False}, {"en": False, "rst": True}])
def test_outputs_change_otherwise(core, inputs):
    assert output_changes(core, **inputs) is not None
