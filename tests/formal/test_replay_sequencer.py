"""Replay's promises, proven for every sequence of commands, ready and rst of a length."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import z3

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.systems.replay.parameters import ReplayParameters
from pezo_hw.systems.replay.rtl.sequencer import ReplaySequencer
from tests.formal.transition_system import TransitionSystem, counterexample
from tests.making import generator_of, replay_of

SMALL = {
    "otf": OnTheFlyParameters(rngs=2, width=3, steps_per_cycle=2),
    "pool": PreGeneratedParameters(leftover="row", pool=15, width=4, lanes=5),
    "copies": PreGeneratedParameters(pool=15, width=3, lanes=4),
    "drawn": PreGeneratedParameters(pool=15, width=3, lanes=4, start="drawn"),
    "drawn-rows": PreGeneratedParameters(leftover="row", pool=25, width=4, lanes=5, start="drawn"),
}
# Clock edges: a reset's history, a perturbation, its replay, and part of what follows.
DEPTH = {"otf": 19, "pool": 16, "copies": 10, "drawn": 12, "drawn-rows": 14}
BITS = 8


@dataclass(frozen=True)
class Ghost:
    """`ReplayModel` as formulas: how long it waits, where it stands, its mark, what is left.

    ``unused`` is what the command under way leaves over, ``drawn`` where the next perturbation
    starts if that is drawn.
    """

    waits: z3.BitVecRef
    position: z3.BitVecRef
    mark: z3.BitVecRef
    left: z3.BitVecRef
    unused: z3.BitVecRef
    drawn: z3.BitVecRef

    @classmethod
    def at_reset(cls, lead: int) -> Ghost:
        return cls(*(z3.BitVecVal(value, BITS) for value in (lead, 0, 0, 0, 0, 0)))

    @property
    def ready(self) -> z3.BoolRef:
        return z3.And(self.left == 0, self.waits == 0)

    @property
    def valid(self) -> z3.BoolRef:
        return z3.And(self.left != 0, self.waits == 0)


class Proof:
    """A sequencer beside its ghost, unrolled from reset.

    Parameters
    ----------
    parameters : ReplayParameters
        With an orbit of fewer than 2^8 cycles, and a count of fewer than 8 bits.
    """

    def __init__(self, parameters: ReplayParameters) -> None:
        self._parameters = parameters
        plan = parameters.plan
        self._stride, self._jump = plan.beat_stride, plan.jump
        self._orbit = generator_of(plan.generator).starts
        self._system = TransitionSystem.of(ReplaySequencer(parameters))
        bits = BeatLayout.of(plan.generator).lane_bits
        beats = [plan.beats(plan.stream(), position, 1) for position in range(self._orbit)]
        self.beats = [_word([*rows[0].tolist(), int(codes[0])], bits) for rows, codes in beats]

    def counterexample(self, depth: int) -> str | None:
        """Commands, ready and rst with which some output is not the ghost's, or None.

        State after state: what is proven of all before helps with the next one.
        """
        ghost, proven = Ghost.at_reset(self._parameters.lead), []
        for state in range(depth):
            solver = self._system.solver(state + 1, from_initial=True)
            solver.add(*proven)
            claim = self._claim(state, ghost)
            refuted = counterexample(solver, claim)
            if refuted is not None:
                return refuted
            proven.append(claim)
            ghost = self._edge(state, ghost)
        return None

    def _claim(self, state: int, ghost: Ghost) -> z3.BoolRef:
        wire = self._system.wire
        payload = wire("o__payload", state)
        width = payload.size()
        last = z3.Extract(width - 1, width - 1, payload) == 1
        beat = z3.Extract(width - 2, 0, payload)
        shown = [z3.Implies(ghost.position == p, beat == self.beats[p]) for p in range(self._orbit)]
        return z3.And(
            wire("command__ready", state) == ghost.ready,
            wire("o__valid", state) == ghost.valid,
            z3.Implies(ghost.valid, z3.And(last == (ghost.left == 1), *shown)),
        )

    def _edge(self, state: int, ghost: Ghost) -> Ghost:
        wire, lead = self._system.wire, z3.BitVecVal(self._parameters.lead, BITS)
        command = wire("command__payload", state)
        count_bits = self._parameters.count_bits
        length = z3.ZeroExt(BITS - count_bits, z3.Extract(count_bits - 1, 0, command))
        replays = z3.Extract(count_bits, count_bits, command) == 1
        starts = z3.And(ghost.ready, wire("command__valid", state))
        takes = z3.And(ghost.valid, wire("o__ready", state))
        unused = z3.BitVecVal(0, BITS)
        if bits := self._parameters.unused_bits:
            field = z3.Extract(count_bits + bits, count_bits + 1, command)
            unused = z3.ZeroExt(BITS - bits, field)
        ends = z3.If(ghost.left == 1, ghost.unused, z3.BitVecVal(0, BITS))
        further = z3.URem(ghost.position + self._stride - ends, self._orbit)
        if self._jump is not None:
            further = z3.If(ghost.left == 1, ghost.drawn, further)
        jumped = z3.URem(ghost.position + (self._jump or 0), self._orbit)
        waited = z3.If(ghost.waits == 0, ghost.waits, ghost.waits - 1)
        moved = z3.If(takes, further, ghost.position)
        following = Ghost(
            waits=z3.If(z3.And(starts, replays), lead, waited),
            position=z3.If(z3.And(starts, replays), ghost.mark, moved),
            mark=z3.If(z3.And(starts, z3.Not(replays)), ghost.position, ghost.mark),
            left=z3.If(starts, length + 1, z3.If(takes, ghost.left - 1, ghost.left)),
            unused=z3.If(starts, unused, ghost.unused),
            drawn=z3.If(z3.And(starts, z3.Not(replays)), jumped, ghost.drawn),
        )
        reset = Ghost.at_reset(self._parameters.lead)
        rst = wire("rst", state)
        pairs = zip(vars(reset).values(), vars(following).values(), strict=True)
        return Ghost(*(z3.simplify(z3.If(rst, first, then)) for first, then in pairs))


def _word(numbers: list[int], bits: int) -> int:
    return sum((number & (1 << bits) - 1) << i * bits for i, number in enumerate(numbers))


def of(name: str) -> ReplayParameters:
    return replay_of(SMALL[name], SystemOptions(count_bits=4))


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_every_command_gives_its_beats(name):
    assert Proof(of(name)).counterexample(DEPTH[name]) is None


@pytest.mark.parametrize("name", SMALL)
def test_a_beat_that_is_not_the_stream_s_is_found(name):
    """The second one: within reach of the depth."""
    proof = Proof(of(name))
    proof.beats[1] ^= 1
    assert proof.counterexample(DEPTH[name]) is not None
