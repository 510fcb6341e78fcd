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


def _tells(system: TransitionSystem, part: str, state: int) -> z3.BoolRef:
    full = system.wire(part, state) == (1 << system.widths[part]) - 1
    told = system.wire(part + _REGISTER, state) == full
    if "stepped" in system.widths:
        return z3.Or(system.wire("stepped", state), told)
    low = system.wire(part.rpartition(".")[0].removesuffix("high") + "low", state)
    return z3.Or(z3.Not(low) if z3.is_bool(low) else low == 0, told)
