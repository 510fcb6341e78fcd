"""What holds between the parts of a split counter."""

from __future__ import annotations

import z3

from tests.formal.transition_system import TransitionSystem

_REGISTER = "_was_full"


def registers_tell(system: TransitionSystem, state: int) -> z3.BoolRef:
    """Each register between two parts tells of its part as it is, but in the cycle after a step.

    A step may have been in the cycle before where a wire ``stepped`` says so, or else where the low
    bits in front of the counter are 0: ``NAME_low`` or ``low``, beside the counter ``NAME_high`` or
    ``high``.
    """
    parts = [name.removesuffix(_REGISTER) for name in system.widths if name.endswith(_REGISTER)]
    return z3.And(*(_tells(system, part, state) for part in parts))


def comparison_tells(
    system: TransitionSystem, state: int, counter: str = "", below: int = 8
) -> z3.BoolRef:
    """The register of a beat counter tells of its high bits, but in the cycle after a step."""
    if f"{counter}upper_equal" not in system.widths:
        return z3.BoolVal(True)
    high, goal = (system.wire(counter + name, state) for name in ("high.count", "goal"))
    low, top = system.wire(f"{counter}low", state), system.widths[f"{counter}goal"] - 1
    equal = z3.Extract(top, below, high) == z3.Extract(top, below, goal)
    told = system.wire(f"{counter}upper_equal", state) == equal
    stepped = z3.Not(low) if z3.is_bool(low) else low == 0
    return z3.Or(z3.Not(system.wire(f"{counter}busy", state)), stepped, told)


def _tells(system: TransitionSystem, part: str, state: int) -> z3.BoolRef:
    full = system.wire(part, state) == (1 << system.widths[part]) - 1
    told = system.wire(part + _REGISTER, state) == full
    if "stepped" in system.widths:
        return z3.Or(system.wire("stepped", state), told)
    low = system.wire(part.rpartition(".")[0].removesuffix("high") + "low", state)
    return z3.Or(z3.Not(low) if z3.is_bool(low) else low == 0, told)
