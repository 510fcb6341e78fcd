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


def comparison_tells(system: TransitionSystem, state: int, counter: str = "") -> z3.BoolRef:
    """What the registers of a busy beat counter's comparison tell of its high bits, and when.

    They are of the cycle before: of one less in the cycle after a step, in which the low bits are
    0; and of nothing in a command's first cycle, in which nothing has been counted.
    """
    if f"{counter}arrived" not in system.widths:
        return z3.BoolVal(True)
    high, goal, equal = (
        vector(system, counter + name, state) for name in ("high.count", "goal", "equal")
    )
    low, arrived = vector(system, f"{counter}low", state), system.wire(f"{counter}arrived", state)
    told = z3.Or(
        equal == _pieces(high, goal),
        z3.And(low == 0, high != 0, equal == _pieces(high - 1, goal)),
        z3.And(high == 0, equal == 0),
    )
    in_time = z3.Implies(z3.Or(z3.UGE(low, 2), high == 0), arrived == (high == goal))
    sound = z3.And(z3.ULE(high, goal), z3.Implies(arrived, high == goal))
    return z3.Implies(system.wire(f"{counter}busy", state), z3.And(told, in_time, sound))


def _pieces(high: z3.BitVecRef, goal: z3.BitVecRef, size: int = 3) -> z3.BitVecRef:
    """A bit for each piece in which the two are equal, the lowest first."""
    starts = range(0, high.size(), size)
    tops = [min(start + size, high.size()) - 1 for start in starts]
    same = [
        z3.Extract(top, start, high) == z3.Extract(top, start, goal)
        for start, top in zip(starts, tops, strict=True)
    ]
    bits = [z3.If(one, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for one in reversed(same)]
    return bits[0] if len(bits) == 1 else z3.Concat(*bits)


def beats_left(system: TransitionSystem, state: int, bits: int, counter: str = "") -> z3.BitVecRef:
    """The beats left: what the high bits still have to go, and the low bits up to full."""
    low = vector(system, f"{counter}low", state)
    left = wide(~low, bits) + 1
    if f"{counter}goal" in system.widths:
        goal, high = (vector(system, counter + name, state) for name in ("goal", "high.count"))
        left = left + (wide(goal - high, bits) << low.size())
    return left


def vector(system: TransitionSystem, name: str, state: int) -> z3.BitVecRef:
    """The value of a wire as a bit vector, one bit too."""
    value = system.wire(name, state)
    return z3.If(value, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) if z3.is_bool(value) else value


def wide(value: z3.BitVecRef, bits: int) -> z3.BitVecRef:
    """The value with zeros above it."""
    return z3.ZeroExt(bits - value.size(), value)


def _tells(system: TransitionSystem, part: str, state: int) -> z3.BoolRef:
    full = system.wire(part, state) == (1 << system.widths[part]) - 1
    told = system.wire(part + _REGISTER, state) == full
    if "stepped" in system.widths:
        return z3.Or(system.wire("stepped", state), told)
    low = system.wire(part.rpartition(".")[0].removesuffix("high") + "low", state)
    return z3.Or(z3.Not(low) if z3.is_bool(low) else low == 0, told)
