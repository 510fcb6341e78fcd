"""The drivers as they are, on the emitted Verilog: register accesses through somebody else's AXI.

A driver is plain synchronous code. It runs in a thread of its own; each access of it is carried out
in the simulation, while the thread waits.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cocotb
import numpy as np
import pytest
from cocotb.clock import Clock
from cocotb.task import bridge, resume
from cocotb.triggers import ClockCycles, FallingEdge
from cocotbext.axi import AxiLiteBus, AxiLiteMaster, AxiResp, AxiStreamBus, AxiStreamSink

from pezo_hw.config import Config
from pezo_hw.driver import (
    BuiltIn,
    Frame,
    Interrupt,
    LoadError,
    LoadNeededError,
    PerturbationDevice,
    read_configuration,
)
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.systems.registry import SYSTEMS
from tests.axi.simulation import config_under_test
from tests.driver.c_driver import LIBRARY_VARIABLE, CError, declared
from tests.driver.mock_registers import MockRegisters
from tests.driver.sides import CSide, PythonSide, RecordedBus
from tests.making import generator_of

CONFIG: Config = config_under_test()
PARAMETERS: Any = CONFIG.parameters
BUILT_IN = BuiltIn.from_manifest(Path.cwd() / f"{SYSTEMS['axi'].top(CONFIG)}.json")
C_LIBRARY = declared(ctypes.CDLL(os.environ[LIBRARY_VARIABLE]))
ON_THE_FLY = isinstance(PARAMETERS, OnTheFlyParameters)
LOADS, LOADS_CONTENTS = CONFIG.system.loads, CONFIG.system.loads_contents


class Bench:
    """The device at reset, with an AXI4-Lite manager and a receiver of frames."""

    def __init__(self, dut: Any) -> None:
        self.dut = dut
        Clock(dut.aclk, 10, "ns").start()
        reset = {"reset": dut.aresetn, "reset_active_level": False}
        self.lite = AxiLiteMaster(AxiLiteBus.from_prefix(dut, "s_axi"), dut.aclk, **reset)
        frames = AxiStreamBus.from_prefix(dut, "m_axis")
        octets = len(dut.m_axis_tdata) // 8
        self.sink = AxiStreamSink(frames, dut.aclk, **reset, byte_lanes=octets)

    async def reset(self) -> None:
        self.dut.aresetn.value = 0
        await ClockCycles(self.dut.aclk, 5)
        self.dut.aresetn.value = 1
        await ClockCycles(self.dut.aclk, 5)

    def pause(self, seed: int) -> None:
        """Random back-pressure on the frames."""
        self.sink.set_pause_generator(_pauses(random.Random(seed)))

    async def _read(self, offset: int) -> int:
        answer = await self.lite.read(offset, 4)
        assert answer.resp == AxiResp.OKAY, f"read of {offset:#x}: {answer.resp!r}"
        return int.from_bytes(answer.data, "little")

    async def _write(self, offset: int, word: int) -> None:
        answer = await self.lite.write(offset, word.to_bytes(4, "little"))
        assert answer.resp == AxiResp.OKAY, f"write of {offset:#x}: {answer.resp!r}"

    async def receive_later(self, cycles: int) -> None:
        """The receiver takes nothing for so many cycles, unless it has pauses of its own."""

        async def wait() -> None:
            await ClockCycles(self.dut.aclk, cycles)
            self.sink.pause = False

        self.sink.pause = True
        cocotb.start_soon(wait())

    async def flip(self) -> None:
        """A bit of the ring that its logic did not flip, while no command is under way."""
        await FallingEdge(self.dut.aclk)
        lanes = self.dut.engine.core.bank.states
        lanes.value = lanes.value.to_unsigned() ^ 1
        await FallingEdge(self.dut.aclk)

    def bus(self) -> RecordedBus:
        """For use in a bridge's thread."""
        return RecordedBus(resume(self._read), resume(self._write))

    def frame(self) -> bytes:
        """The next frame, as a DMA writes it into memory; for use in a bridge's thread."""
        return bytes(resume(self.sink.recv)(compact=False).tdata)


def _pauses(source: random.Random) -> Iterator[bool]:
    while True:
        rate = source.choice([0.0, 0.2, 0.7])
        for _ in range(source.randrange(1, 60)):
            yield source.random() < rate


Story = Callable[[Bench, Any], None]


async def told(bench: Bench, story: Story, side: Callable[[RecordedBus], Any]) -> list[Any]:
    """A story from a reset on, in a thread of its own; the accesses that it made."""
    await bench.reset()
    await bridge(lambda: built_in_contents(bench))()
    bus = bench.bus()
    await bridge(lambda: story(bench, side(bus)))()
    return bus.trace


def built_in_contents(bench: Bench) -> None:
    """What a reset does not bring back, after a story that has loaded contents."""
    driver = PerturbationDevice(bench.bus(), built_in=BUILT_IN, timeout=60)
    if not driver.status().load_needed:
        return
    driver.load_seeds(BUILT_IN.seeds)
    driver.clear_interrupts()


def python_side(bus: RecordedBus) -> PythonSide:
    return PythonSide(bus, BUILT_IN)


def c_side(bus: RecordedBus) -> CSide:
    return CSide(bus, BUILT_IN, C_LIBRARY)


def received(bench: Bench) -> np.ndarray:
    """The slots of the next frame's beats."""
    configuration = read_configuration(MockRegisters(CONFIG))
    words = np.frombuffer(bench.frame(), dtype=f"<i{configuration.slot_bytes}")
    return words.reshape(-1, configuration.slots)


def assert_golden(words: np.ndarray, start: int, parameters: Any = PARAMETERS) -> None:
    """The beats are the golden stream from a cycle on."""
    golden = generator_of(parameters).stream().window(start, len(words))
    np.testing.assert_array_equal(words[:, : parameters.lanes], golden.mantissa)
    if parameters.code_bits:
        np.testing.assert_array_equal(words[:, -1].astype(np.uint8), golden.code)


def shows(bench: Bench, start: int, beats: int, parameters: Any = PARAMETERS) -> None:
    """The next frame is so much of the golden stream from a cycle on."""
    words = received(bench)
    assert len(words) == beats
    assert_golden(words, start, parameters)


def with_seeds(seeds: tuple[int, ...]) -> OnTheFlyParameters:
    return dataclasses.replace(PARAMETERS, seed=None, seeds=seeds)


def a_training_step(bench: Bench, side: Any) -> None:
    """Perturbations, replays, counters, interrupts, a restart."""
    side.enable_interrupts(Interrupt.DONE)
    position = 0
    for beats in (1, 40, 3):
        side.new(beats)
        shows(bench, position, beats)
        for _ in range(3):
            side.replay(beats)
            shows(bench, position, beats)
        position += beats
    side.wait()
    assert side.wait_for(Interrupt.DONE) == Interrupt.DONE
    assert side.counters() == (3, 4 * 44)
    if CONFIG.system.checks_health:
        assert side.faults() == 0
    if CONFIG.system.reloads:
        side.set_reload(True)
    side.restart()
    side.new(5)
    shows(bench, 0, 5)
    assert side.counters() == (1, 5)


def a_restart_in_mid_frame(bench: Bench, side: Any) -> None:
    """What follows it finds the device as a reset leaves it, however late the frame's end is."""
    for beats in (60, 61, 62):
        resume(bench.receive_later)(300)
        side.new(beats)
        side.restart()
        if LOADS:
            side.load_phase(beats)
        side.new(2)
        cut = received(bench)
        assert 0 < len(cut) < beats
        assert_golden(cut, 0)
        shows(bench, beats if LOADS else 0, 2)
        side.restart()


def phases(bench: Bench, side: Any) -> None:
    """The stream goes on from any cycle, and a replay goes back to it."""
    for cycle in (0, 1, 123456789012345678, 7):
        side.load_phase(cycle)
        side.replay(2)
        shows(bench, cycle, 2)
        side.new(3)
        shows(bench, cycle + 2, 3)
        side.replay(3)
        shows(bench, cycle + 2, 3)
    side.new(9)
    side.load_phase(1000)
    shows(bench, 12, 9)
    side.new(4)
    shows(bench, 1000, 4)


def a_flip(bench: Bench, side: Any) -> None:
    """A bit of a lane flips between two perturbations: it is noticed, and mended where it can."""
    beats = 4 * PARAMETERS.rngs
    if CONFIG.system.reloads:
        side.set_reload(True)
    side.new(beats)
    shows(bench, 0, beats)
    side.wait()
    assert side.faults() == 0
    resume(bench.flip)()
    side.new(beats)
    with pytest.raises(AssertionError, match="Mismatched"):
        shows(bench, beats, beats)
    assert side.wait_for(Interrupt.FAULT) == Interrupt.FAULT
    assert side.faults() == 1
    if CONFIG.system.reloads:
        assert side.wait_for(Interrupt.RELOADED) == Interrupt.RELOADED
        side.new(beats)
        shows(bench, beats, beats)
    side.restart()
    side.new(beats)
    shows(bench, 0, beats)
    assert side.faults() == 0


def other_seeds() -> tuple[int, ...]:
    """Seeds whose codes are not higher than those of the built-in ones."""
    source = random.Random(7)
    built = int(PARAMETERS.scale_table.codes.max())
    seeds: tuple[int, ...] = ()
    while not seeds or int(with_seeds(seeds).scale_table.codes.max()) > built:
        seeds = tuple(source.sample(range(1, PARAMETERS.lfsr.period + 1), PARAMETERS.rngs))
    return seeds


def new_seeds(bench: Bench, side: Any) -> None:
    """New seeds with their table, a phase of them, a restart that asks for seeds again."""
    seeds = other_seeds()
    side.new(3)
    shows(bench, 0, 3)
    side.load_seeds(seeds)
    side.new(30)
    shows(bench, 0, 30, with_seeds(seeds))
    side.load_phase(10**12)
    side.new(8)
    shows(bench, 10**12, 8, with_seeds(seeds))
    side.restart()
    with pytest.raises((LoadNeededError, CError), match=r"PEZO_LOAD_NEEDED|load the contents"):
        side.new(1)
    side.load_seeds(PARAMETERS.bank.seeds)
    side.new(8)
    shows(bench, 0, 8)


class Model:
    """One that takes three commands, and a place in the stream.

    Its last beat is begun by one number. Where the pool goes on in a beat, each perturbation starts
    behind the last number of the one before.
    """

    beats, most_beats = 8, 3

    def __init__(self, bench: Bench, side: Any) -> None:
        self._bench, self._position = bench, 0
        lanes = PARAMETERS.lanes
        self._each = lanes if IN_COPIES else 1
        left_over = lanes - 1 if IN_COPIES and PARAMETERS.most_unused and not DRAWS else 0
        self.length = self.beats * self._each - left_over
        limits = {"most_beats": self.most_beats, "unused": left_over}
        self.sequence = side.sequence(self.beats, **limits)

    def start_at(self, position: int) -> None:
        self.sequence.position = self._position = position

    def go_on(self) -> None:
        """A whole perturbation has been."""
        self._position += self.length
        if DRAWS:
            self.start_at(17 * self._position)

    def shows(self, commands: Iterator[Any], parameters: Any = PARAMETERS) -> None:
        """The commands give it from that place on, whatever the driver thinks that is."""
        frames = []
        for command in commands:
            command.give()
            frames.append(received(self._bench))
        assert [len(frame) for frame in frames] == [3, 3, 2]
        self.is_golden(np.concatenate(frames), parameters)

    def is_golden(self, words: np.ndarray, parameters: Any = PARAMETERS) -> None:
        if not IN_COPIES:
            assert_golden(words, self._position, parameters)
            return
        pool, places = PARAMETERS.quantised.mantissas, self._position + np.arange(words.size)
        np.testing.assert_array_equal(words, pool[places % len(pool)].reshape(words.shape))


def several_commands(bench: Bench, side: Any) -> None:
    """A model of several commands, twice replayed, cut off by a restart, reset, and elsewhere."""
    model = Model(bench, side)
    sequence = model.sequence
    for commands in (sequence.new, sequence.replay, sequence.replay):
        model.shows(commands())
    model.go_on()
    begun = list(sequence.new())
    begun[0].give()
    model.is_golden(received(bench))
    resume(bench.receive_later)(300)
    begun[1].give()
    side.restart()
    assert 0 < len(received(bench)) < model.most_beats
    model.shows(sequence.replay())
    model.shows(sequence.new())
    resume(bench.reset)()
    model.shows(sequence.replay())
    model.go_on()
    model.shows(sequence.new())
    model.start_at(1000003)
    model.shows(sequence.new())


def several_commands_of_other_seeds(bench: Bench, side: Any) -> None:
    """The same place in the stream of other seeds, and back."""
    seeds = other_seeds()
    model = Model(bench, side)
    model.shows(model.sequence.new())
    for loaded in (seeds, PARAMETERS.bank.seeds):
        side.load_seeds(loaded)
        if isinstance(side, CSide):
            model.sequence.use_seeds(loaded)
        model.shows(model.sequence.replay(), with_seeds(loaded))
    model.go_on()
    model.shows(model.sequence.new())


def duplicate_seeds(bench: Bench, side: Any) -> None:
    """The device itself refuses what a driver did not notice, and goes on as before."""
    side.new(4)
    shows(bench, 0, 4)
    twice = (PARAMETERS.bank.seeds[0], *PARAMETERS.bank.seeds[:-1])
    if isinstance(side, PythonSide):
        side.driver._loads.seeds = twice
    else:
        side._seeds = twice
    with pytest.raises((LoadError, CError), match=r"refused|PEZO_LOAD_REFUSED"):
        side.load_phase(5)
    side.new(4)
    shows(bench, 4, 4)


def new_rows(bench: Bench, side: Any) -> None:
    """Rows of the pool are shown as they were written, the others as they were."""
    low, high = -(1 << (PARAMETERS.width - 1)), (1 << (PARAMETERS.width - 1)) - 1
    lanes, rows = PARAMETERS.lanes, PARAMETERS.rows
    numbers = [[low] * lanes, [(high - lane) * (-1) ** lane for lane in range(lanes)]]
    side.new(1)
    shows(bench, 0, 1)
    side.load_rows(rows - 2, numbers)
    side.load_start_row(rows - 3)
    side.new(4)
    seen = received(bench)
    golden = generator_of(PARAMETERS).stream().window(rows - 3, 4).mantissa
    np.testing.assert_array_equal(seen, [golden[0], *numbers, golden[3]])
    side.load_rows(rows - 2, golden[1:3].tolist())
    side.replay(4)
    shows(bench, rows - 3, 4)


def left_over(bench: Bench, side: Any) -> None:
    """Perturbations of a length that fills no beat, one after another, and each once more."""
    lanes, pool = PARAMETERS.lanes, PARAMETERS.quantised.mantissas
    length = 2 * lanes + 1
    side.set_unused(lanes - 1)
    for start in (0, length, 2 * length):
        expected = pool[(start + np.arange(3 * lanes)) % len(pool)].reshape(3, lanes)
        for command in (side.new, side.replay):
            command(3)
            np.testing.assert_array_equal(received(bench), expected)
    side.set_unused(0)


def drawn_starts(bench: Bench, side: Any) -> None:
    """Each NEW starts 17 of 28 numbers further than the last, whatever else there was."""
    lanes, pool = PARAMETERS.lanes, PARAMETERS.quantised.mantissas
    assert len(pool) == 28

    def tell(*commands: tuple[Any, int, int]) -> None:
        for command, beats, start in commands:
            command(beats)
            expected = pool[(start + np.arange(beats * lanes)) % 28].reshape(beats, lanes)
            np.testing.assert_array_equal(received(bench), expected)

    tell((side.replay, 1, 0), (side.new, 2, 0), (side.replay, 3, 0), (side.new, 1, 17))
    tell((side.new, 2, 34), (side.replay, 2, 34), (side.new, 3, 51))
    side.load_start_number(5)
    tell((side.replay, 1, 5), (side.new, 2, 5), (side.replay, 1, 5), (side.new, 1, 22))
    side.restart()
    tell((side.new, 2, 0), (side.new, 1, 17))


def new_pool(bench: Bench, side: Any) -> None:
    """All numbers are those that were written, from the one on that was asked for."""
    half, lanes = 1 << (PARAMETERS.width - 1), PARAMETERS.lanes
    pool = PARAMETERS.quantised.mantissas
    other = np.random.default_rng(5).integers(-half, half, len(pool))
    side.new(1)
    shows(bench, 0, 1)
    for numbers, start in ((other, 5), (pool, len(pool) - 1)):
        side.load_pool(numbers.tolist(), start)
        for command in (side.new, side.replay):
            command(9)
            expected = numbers[(start + np.arange(9 * lanes)) % len(pool)]
            np.testing.assert_array_equal(received(bench), expected.reshape(9, lanes))


IN_COPIES = not ON_THE_FLY and not PARAMETERS.stores_rows
DRAWS = CONFIG.generator.start == "drawn"
STORIES: list[Story] = [drawn_starts] if DRAWS else [a_training_step, a_restart_in_mid_frame]
if IN_COPIES and PARAMETERS.most_unused:
    STORIES.append(left_over)
if LOADS and not DRAWS:
    STORIES.append(phases)
if LOADS and ON_THE_FLY:
    STORIES.append(duplicate_seeds)
if CONFIG.system.checks_health:
    STORIES.append(a_flip)
# They come last, since a reset does not bring the table back.
OF_CONTENTS: list[Story] = []
if LOADS_CONTENTS:
    OF_CONTENTS.append(new_seeds if ON_THE_FLY else new_pool if IN_COPIES else new_rows)
# Of small devices, once by each driver: a bank, rows, copies.
OF_SEVERAL: list[Story] = []
OF_OTHER_SEEDS: list[Story] = []
if CONFIG.name in ("small", "pool", "copies-counted", "copies-drawn"):
    OF_SEVERAL.append(several_commands)
    if ON_THE_FLY:
        OF_OTHER_SEEDS.append(several_commands_of_other_seeds)


@cocotb.test(timeout_time=50, timeout_unit="ms")
async def the_registers_say_what_the_configuration_is(dut: Any) -> None:
    bench = Bench(dut)

    def story(bench: Bench, side: PythonSide) -> None:
        assert side.driver.configuration == read_configuration(MockRegisters(CONFIG))

    await told(bench, story, python_side)


@cocotb.test(timeout_time=50, timeout_unit="ms")
async def frames_decode_into_the_golden_values(dut: Any) -> None:
    """Mantissas, codes and float32 values by the driver's own decoder."""
    bench = Bench(dut)

    def story(bench: Bench, side: PythonSide) -> None:
        driver: PerturbationDevice = side.driver
        size = 7 * PARAMETERS.lanes + 1
        driver.new(driver.configuration.beats_for(size))
        frame: Frame = driver.decode(bench.frame())
        golden = generator_of(PARAMETERS).stream().window(0, 8)
        np.testing.assert_array_equal(frame.mantissa, golden.mantissa)
        np.testing.assert_array_equal(frame.code, golden.code)
        assert frame.value.tobytes() == golden.value.tobytes()
        assert len(frame.elements(size)) == size

    await told(bench, story, python_side)


async def told_by_both(dut: Any, story: Story) -> None:
    """Each driver plays the story; their accesses are the same, poll for poll."""
    bench = Bench(dut)
    python = await told(bench, story, python_side)
    c = await told(bench, story, c_side)
    assert python == c
    assert len(python) > 20


async def told_to_a_receiver_that_pauses(dut: Any, story: Story, side: Any) -> None:
    bench = Bench(dut)
    bench.pause(3)
    await told(bench, story, side)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=STORIES)
async def both_drivers_make_the_same_accesses(dut: Any, story: Story) -> None:
    await told_by_both(dut, story)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=STORIES, side=[python_side, c_side])
async def a_receiver_that_pauses(dut: Any, story: Story, side: Any) -> None:
    await told_to_a_receiver_that_pauses(dut, story, side)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=OF_SEVERAL)
async def both_drivers_give_several_commands(dut: Any, story: Story) -> None:
    await told_by_both(dut, story)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=OF_CONTENTS)
async def both_drivers_load_the_same_contents(dut: Any, story: Story) -> None:
    await told_by_both(dut, story)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=OF_CONTENTS, side=[python_side, c_side])
async def contents_for_a_receiver_that_pauses(dut: Any, story: Story, side: Any) -> None:
    await told_to_a_receiver_that_pauses(dut, story, side)


@cocotb.test(timeout_time=50, timeout_unit="ms")
@cocotb.parametrize(story=OF_OTHER_SEEDS)
async def both_drivers_give_several_commands_of_other_seeds(dut: Any, story: Story) -> None:
    await told_by_both(dut, story)
