"""cocotb testbench: bits of the emitted Verilog's registers are flipped while it runs.

Every pin of every clock cycle is compared with `ReplayModel` and `Flips`. What was flipped, and
after how many enabled edges ``fault`` came, is left in the folder for the test to judge.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import FallingEdge, ReadOnly

from pezo_hw.config import load
from pezo_hw.systems.replay.model import Command, ReplayModel, ReplayPins
from pezo_hw.systems.replay.parameters import ReplayParameters
from tests.generators.on_the_fly.flips import Flips
from tests.making import generator_of

FOLDER = Path(os.environ["PEZO_FLIPS"])
CONFIG = load(str(FOLDER / "case.toml"))
PARAMETERS, REPLAY = CONFIG.parameters, ReplayParameters.of(CONFIG)
N, WIDTH, ORBIT = PARAMETERS.rngs, PARAMETERS.width, PARAMETERS.joint_orbit
STATES = generator_of(PARAMETERS).stream().states(0, ORBIT).tolist()
OUTPUTS = ("command__ready", "o__valid", "fault", "reloaded")


class Engine:
    """The device and its models, one clock cycle at a time, under random commands and stalls.

    Attributes
    ----------
    chance : random.Random
        Decides everything.
    edges : int
        Enabled clock edges of the ring so far.
    """

    def __init__(self, dut: Any) -> None:
        self.chance = random.Random(1)
        self.edges = 0
        self._dut = dut
        self._falling, self._settled = FallingEdge(dut.clk), ReadOnly()
        self._model = ReplayModel(REPLAY.lead, reloads=True)
        self._flips = Flips(PARAMETERS)
        self._command: Command | None = None

    async def start(self) -> None:
        """Power-up and a reset."""
        self._drive(rst=True, ready=False, reload=False)
        Clock(self._dut.clk, 10, "ns").start(start_high=False)
        await self._falling
        await self.fill()

    async def fill(self) -> None:
        """A reset, and the cycles in which nothing is checked."""
        await self.cycle(rst=True)
        while self._model.waits:
            await self.cycle()

    async def cycle(self, *, rst: bool = False, reload: bool = True) -> bool:
        """One cycle of random inputs; whether ``fault`` is high in it."""
        if self._command is None and self.chance.random() < 0.4:
            beats = self.chance.randrange(1, self.chance.choice([4, 3 * N]))
            self._command = Command(beats=beats, replay=self.chance.random() < 0.4)
        ready = self.chance.random() < 0.7
        self._drive(rst, ready, reload)
        await self._settled
        pins = self._compare()
        self._advance(pins, rst, ready, reload)
        await self._falling
        return pins.fault

    def flip_lanes(self, masks: dict[int, int]) -> None:
        """Flip bits of the words in these positions, before the next cycle."""
        self._invert("bank", sum(mask << p * WIDTH for p, mask in masks.items()))
        for position, mask in masks.items():
            self._flips.in_lane(position, mask)

    def flip_tracker(self, mask: int) -> None:
        """The same, of the tracker."""
        self._invert("tracker", mask)
        self._flips.in_tracker(mask)

    def word(self, position: int) -> int:
        """What a position holds."""
        return self._register("bank").value.to_unsigned() >> position * WIDTH & (1 << WIDTH) - 1

    def _register(self, owner: str) -> Any:
        return getattr(self._dut.core, owner).states

    def _invert(self, owner: str, mask: int) -> None:
        register = self._register(owner)
        register.value = register.value.to_unsigned() ^ mask

    def _drive(self, rst: bool, ready: bool, reload: bool) -> None:
        command = self._command or Command(beats=1, replay=False)
        dut = self._dut
        dut.rst.value, dut.o__ready.value, dut.reload.value = int(rst), int(ready), int(reload)
        dut.command__valid.value = int(self._command is not None)
        dut.command__payload.value = command.beats - 1 | command.replay << REPLAY.count_bits

    def _compare(self) -> ReplayPins:
        pins = self._model.pins()
        expected = [pins.ready, pins.beat is not None, pins.fault, pins.reloaded]
        seen = [str(getattr(self._dut, pin).value) == "1" for pin in OUTPUTS]
        assert seen == expected, f"{OUTPUTS} are {seen}, expected {expected}"
        if pins.beat is not None:
            payload = self._dut.o__payload.value.to_unsigned()
            assert payload == self._payload(pins.beat, pins.last), hex(payload)
        return pins

    def _payload(self, beat: int, last: bool) -> int:
        words = zip(STATES[beat % ORBIT], self._flips.mantissas(), strict=True)
        lanes = sum((word ^ flip) << i * WIDTH for i, (word, flip) in enumerate(words))
        above = self._flips.code(beat) | last << PARAMETERS.code_bits
        return lanes | above << N * WIDTH

    def _advance(self, pins: ReplayPins, rst: bool, ready: bool, reload: bool) -> None:
        """The models' clock edge; the ring moves while it waits, and for every beat taken."""
        feeding, fault = self._model.waits > 0, False
        if feeding or (pins.beat is not None and ready):
            self.edges += 1
            fault = self._flips.edge(feeding=feeding)
        self._model.edge(rst=rst, command=self._command, ready=ready, reload=reload, fault=fault)
        if feeding and not self._model.waits:
            self._flips.put_back()
        if pins.ready and self._command is not None:
            if not self._command.replay:
                self._flips.mark()
            self._command = None
        if rst:
            self._flips.clear()


@cocotb.test()
async def every_bit_of_every_lane(dut: Any) -> None:
    """One flip at a time, and what follows."""
    engine = Engine(dut)
    await engine.start()
    noticed = []
    for position in [*range(N), "tracker"]:
        for bit in range(WIDTH):
            noticed.append([position, bit, await edges_until_noticed(engine, position, 1 << bit)])
    (FOLDER / "noticed.json").write_text(json.dumps(noticed))


async def edges_until_noticed(engine: Engine, position: int | str, mask: int) -> int:
    """Flip at any time after a reset; then several commands, reloaded ones among them."""
    await engine.fill()
    for _ in range(engine.chance.randrange(4 * N)):
        assert not await engine.cycle()
    if isinstance(position, int):
        engine.flip_lanes({position: mask})
    else:
        engine.flip_tracker(mask)
    first = last = engine.edges
    while not await engine.cycle():
        last = engine.edges
    for _ in range(6 * N):
        await engine.cycle()
    return last - first


@cocotb.test()
async def flips_of_many_bits(dut: Any) -> None:
    """Any bits, in several lanes and the tracker, at any time but right after a reset."""
    engine = Engine(dut)
    await engine.start()
    faults = 0
    for _ in range(300):
        faults += sum([await engine.cycle() for _ in range(engine.chance.randrange(1, 3 * N))])
        if engine.chance.random() < 0.1:
            await engine.fill()
        if engine.chance.random() < 0.3:
            engine.flip_tracker(engine.chance.randrange(1, 1 << WIDTH))
        engine.flip_lanes(any_flips(engine))
    assert faults > 200


@cocotb.test()
async def flips_that_nobody_mends(dut: Any) -> None:
    """Without ``reload`` a flip stays, and is marked once it has gone around the ring."""
    engine = Engine(dut)
    await engine.start()
    for _ in range(100):
        for _ in range(engine.chance.randrange(1, 6 * N)):
            await engine.cycle(reload=False)
        if engine.chance.random() < 0.1:
            await engine.fill()
        engine.flip_lanes(any_flips(engine))


def any_flips(engine: Engine) -> dict[int, int]:
    """Some bits of some lanes, or all that are set."""
    lanes = engine.chance.sample(range(N), engine.chance.randrange(1, min(N, 4) + 1))
    if engine.chance.random() < 0.3:
        return {lane: engine.word(lane) for lane in lanes}
    return {lane: engine.chance.randrange(1, 1 << WIDTH) for lane in lanes}
