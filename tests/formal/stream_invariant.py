"""Where a small stream stands: every register as a function of one number."""

from __future__ import annotations

from collections.abc import Callable

import z3

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.beat_layout import BeatLayout
from tests.formal.transition_system import TransitionSystem
from tests.making import generator_of

Contents = dict[str, tuple[int, Callable[[int], int]]]
"""Of each register the first place at which it has a value, and its value at a place."""


class StreamInvariant:
    """Place 0 is the reset, place ``latency`` the first cycle of the orbit, which closes there.

    What the registers and the payload hold is taken from the parameters and the golden stream.

    Parameters
    ----------
    parameters : OnTheFlyParameters or PreGeneratedParameters
        With an orbit short enough to be listed.
    system : TransitionSystem
        A `StreamWrapper` around their core.
    """

    def __init__(
        self, parameters: OnTheFlyParameters | PreGeneratedParameters, system: TransitionSystem
    ) -> None:
        self._latency = parameters.latency
        self._places = parameters.latency + parameters.joint_orbit
        self._system = system
        on_the_fly = isinstance(parameters, OnTheFlyParameters)
        self._contents = _on_the_fly(parameters) if on_the_fly else _pre_generated(parameters)
        window = generator_of(parameters).stream().window(0, parameters.joint_orbit)
        layout = BeatLayout.of(parameters)
        self._beats = [
            _word([*row, int(code)], layout.lane_bits)
            for row, code in zip(window.mantissa.tolist(), window.code, strict=True)
        ]

    def holds(self, state: int, place: z3.BitVecRef) -> z3.BoolRef:
        """Every register of a state holds what it must at a place."""
        cases = [z3.Implies(place == p, self._registers(state, p)) for p in range(self._places)]
        return z3.And(z3.ULT(place, self._places), *cases)

    def following(self, state: int, place: z3.BitVecRef) -> z3.BitVecRef:
        """The next place: by itself until there is a beat, then one for every beat taken."""
        wire = self._system.wire
        further = z3.If(place == self._places - 1, self._latency, place + 1)
        moves = z3.Or(z3.ULT(place, self._latency), wire("o__ready", state))
        return z3.If(wire("rst", state), 0, z3.If(moves, further, place))

    def shows(self, state: int, place: z3.BitVecRef) -> z3.BoolRef:
        """``o__valid`` where there is a beat, and then the beat of that place."""
        payload = self._system.wire("o__payload", state)
        cases = [
            z3.Implies(place == self._latency + cycle, payload == beat)
            for cycle, beat in enumerate(self._beats)
        ]
        valid = self._system.wire("o__valid", state) == z3.UGE(place, self._latency)
        return z3.And(valid, *cases)

    def _registers(self, state: int, place: int) -> z3.BoolRef:
        return z3.And(
            *(
                _equal(self._system.wire(name, state), value(place))
                for name, (first, value) in self._contents.items()
                if place >= first
            )
        )


def _on_the_fly(parameters: OnTheFlyParameters) -> Contents:
    bank, tracker, latency = parameters.bank, parameters.tracker, parameters.latency
    codes, width = parameters.scale_table.codes.tolist(), parameters.width

    def code(place: int) -> int:
        return codes[tracker.states_of(place)[0]]

    return {
        "core.rotating_bank.lfsr_bank.state": (
            0,
            lambda place: _word(bank.states_of(place - latency), width),
        ),
        "core.tracker.state": (0, lambda place: tracker.states_of(place)[0]),
        "core.scale_factor.port__data": (1, lambda place: code(place - 1)),
        "core.scale_factor.code_register": (2, lambda place: code(place - 2)),
        "core.fill.filled": (0, lambda place: (1 << min(place, latency)) - 1),
    }


def _pre_generated(parameters: PreGeneratedParameters) -> Contents:
    sequence = parameters.address_sequence
    rows = parameters.quantised.mantissas.reshape(sequence.rows, -1).tolist()
    return {
        "core.reader.address": (0, sequence.address_of),
        "core.reader.port__data": (
            1,
            lambda place: _word(rows[(place - 1) % len(rows)], parameters.width),
        ),
        "core.fill.filled": (0, lambda place: int(place > 0)),
    }


def _word(numbers: list[int] | tuple[int, ...], bits: int) -> int:
    return sum((number & (1 << bits) - 1) << i * bits for i, number in enumerate(numbers))


def _equal(wire: z3.ExprRef, value: int) -> z3.BoolRef:
    return wire == (bool(value) if z3.is_bool(wire) else value)
