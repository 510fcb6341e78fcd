"""Perturbations that start with what the last one left over: every start, and not a cycle lost."""

from __future__ import annotations

import math

import pytest
from amaranth.sim import Simulator

from pezo_hw.config import parse
from pezo_hw.systems.registry import SYSTEMS
from tests.cases import POOL
from tests.reference import PreGenerated


def signed(word: int, bits: int) -> int:
    return word - (word >> (bits - 1) << bits)


class Taker:
    """Asks for one perturbation after another, as fast as they are taken; what comes of it.

    Commands are offered and beats are taken in every cycle, so that a cycle that a command costs
    beyond its beats and the one before them shows.
    """

    def __init__(self, text: str, length: int, count: int, *, replays: bool = False) -> None:
        config = parse(text, name="case")
        self.lanes, self.bits = config.parameters.lanes, config.parameters.fixed_point.bits
        self.beats = -(-length // self.lanes)
        self.unused = self.beats * self.lanes - length
        self.count = count
        self.replays = replays
        self.shown: list[int] = []
        self.cycles = 0
        self.device = SYSTEMS["replay"].create(config)
        simulator = Simulator(self.device)
        simulator.add_clock(1e-6)
        simulator.add_testbench(self._drive)
        simulator.run()

    async def _drive(self, ctx) -> None:
        device = self.device
        payload = device.command.payload
        ctx.set(device.o.ready, 1)
        ctx.set(payload.length, self.beats - 1)
        if self.unused:
            ctx.set(payload.unused, self.unused)
        asked = 0
        commands = self.count * (1 + self.replays)
        while len(self.shown) < commands * self.beats * self.lanes:
            ctx.set(device.command.valid, asked < commands)
            ctx.set(payload.replay, asked % 2 if self.replays else 0)
            asked += ctx.get(device.command.valid & device.command.ready)
            if ctx.get(device.o.valid):
                word = ctx.get(device.o.payload.mantissa)
                mask = (1 << self.bits) - 1
                self.shown += [
                    signed(word >> lane * self.bits & mask, self.bits) for lane in range(self.lanes)
                ]
            await ctx.tick()
            self.cycles += 1

    def perturbations(self, length: int) -> list[tuple[int, ...]]:
        size = self.beats * self.lanes
        return [
            tuple(self.shown[first : first + length]) for first in range(0, len(self.shown), size)
        ]


def expected(pool: list[int], length: int, count: int) -> list[tuple[int, ...]]:
    return [
        tuple(pool[(index * length + i) % len(pool)] for i in range(length))
        for index in range(count)
    ]


@pytest.mark.parametrize(
    ("keys", "lengths"),
    [
        ("pool = 31\nlanes = 8\nwidth = 6\n", range(1, 20)),
        ("pool = 28\nlanes = 6\nwidth = 6\n", (1, 5, 6, 7, 13)),
        ("pool = 63\nlanes = 4\nports = 1\nwidth = 6\n", (3, 4, 5)),
    ],
)
def test_every_length_starts_where_the_last_one_ended(keys: str, lengths: range):
    for length in lengths:
        taker = Taker(POOL + keys, length, 12)
        values = dict(line.split(" = ") for line in keys.splitlines())
        pool, _ = PreGenerated(
            pool=int(values["pool"]), width=int(values["width"]), lanes=int(values["lanes"])
        ).numbers()
        assert taker.perturbations(length) == expected(pool, length, 12)
        assert taker.cycles <= 12 * (taker.beats + 1) + 2


def test_a_replay_leaves_the_same_over():
    taker = Taker(POOL + "pool = 31\nlanes = 8\nwidth = 6\n", 11, 12, replays=True)
    pool, _ = PreGenerated(pool=31, width=6, lanes=8).numbers()
    twice = [one for one in expected(pool, 11, 12) for _ in range(2)]
    assert taker.perturbations(11) == twice


@pytest.mark.slow
@pytest.mark.parametrize("length", [11, 10])
def test_the_presets_pool_gives_every_perturbation_that_there_is(length: int):
    """A whole orbit of commands, and the first one again."""
    different = 4095 // math.gcd(4095, length)
    taker = Taker(POOL, length, different + 1)
    found = taker.perturbations(length)
    pool, _ = PreGenerated().numbers()
    assert found == expected(pool, length, different + 1)
    assert len(set(found)) == different
    assert found[-1] == found[0]
    assert taker.cycles <= (different + 1) * (taker.beats + 1) + 2
