"""Loads and health through the registers: other starts, other contents, a flip and its mending."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from typing import Any

from cocotb.triggers import ClockCycles, FallingEdge

from pezo_hw.generators.on_the_fly import load_words as fly_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated import row_load_words as pool_words
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.load_check import with_check_word
from tests.axi.device import DONE, DROPPED, Device, config_under_test, in_simulation

FAULT, RELOADED, LOAD_DONE, LOAD_REFUSED = 4, 8, 16, 32
READY, BUSY, LOAD_BUSY, LOAD_NEEDED, LOAD_READY = 1, 2, 4, 8, 16
BEATS = 40
OPTIONS = config_under_test().system if "PEZO_TEST_CONFIG" in os.environ else None
ON_THE_FLY = OPTIONS is not None and isinstance(config_under_test().parameters, OnTheFlyParameters)
phase_words: Any = fly_words.phase_words if ON_THE_FLY else pool_words.row_address_words


async def load(device: Device, words: list[int], *, contents: bool) -> int:
    """Give a load its words; the interrupts that it left, which are cleared."""
    await device.write("INTERRUPT_STATUS", 0x3F)
    await device.write("LOAD_CONTROL", int(contents))
    assert await device.read("STATUS") & (LOAD_BUSY | LOAD_READY) == LOAD_BUSY | LOAD_READY
    for word in words:
        while not (status := await device.read("STATUS")) & LOAD_READY:
            if not status & LOAD_BUSY:
                break
        await device.write("LOAD_DATA", word)
    while await device.read("STATUS") & LOAD_BUSY:
        pass
    interrupts = await device.read("INTERRUPT_STATUS")
    await device.write("INTERRUPT_STATUS", 0x3F)
    return interrupts


async def shows(device: Device, replay: bool, expected: list[int]) -> bool:
    """Whether a command gives these beats."""
    await device.ready()
    await device.command(len(expected), replay=replay)
    return await device.frame() == expected


@in_simulation
async def a_loaded_phase_is_where_the_next_command_starts(dut):
    device, source = await Device.started(dut), random.Random(1)
    device.pause_everything(9)
    for replay in (False, True, False):
        cycle = source.randrange(device.parameters.joint_orbit)
        assert (
            await load(device, phase_words(device.parameters, cycle), contents=False) == LOAD_DONE
        )
        assert await shows(device, replay, device.golden(cycle, BEATS))
        assert await shows(device, True, device.golden(cycle, BEATS))
    assert await shows(device, False, device.golden(cycle + BEATS, 3))


@in_simulation
async def a_refused_load_changes_nothing(dut):
    device = await Device.started(dut)
    assert await shows(device, False, device.golden(0, 5))
    words = phase_words(device.parameters, 9)
    bad = with_check_word([0] * (len(words) - 1) if ON_THE_FLY else [0xFFFFFFFF])
    assert await load(device, bad, contents=False) == LOAD_REFUSED
    changed = [*words[:-2], words[-2] ^ 1, words[-1]]
    assert await load(device, changed, contents=False) == LOAD_REFUSED
    assert await shows(device, False, device.golden(5, 5))
    assert await shows(device, True, device.golden(5, 5))


@in_simulation
async def words_that_nobody_wants_are_dropped(dut):
    device = await Device.started(dut)
    await device.write("LOAD_DATA", 1)
    assert await device.read("INTERRUPT_STATUS") == DROPPED
    words = phase_words(device.parameters, 3)
    await device.write("LOAD_CONTROL", 0)
    await device.write("LOAD_DATA", 0)
    # A second beginning gives up the first.
    assert await load(device, words, contents=False) == LOAD_DONE
    assert await shows(device, False, device.golden(3, 4))


@in_simulation
async def a_beginning_that_meets_an_effect_is_dropped(dut):
    """Whenever it is written: either it begins a load, or it is said to be dropped."""
    device = await Device.started(dut)
    words = phase_words(device.parameters, 3)
    seen = set()
    for wait in range(100):
        await device.write("INTERRUPT_STATUS", 0x3F)
        await device.write("LOAD_CONTROL", 0)
        for word in words:
            await device.write("LOAD_DATA", word)
        await ClockCycles(dut.aclk, 1 + wait)
        await device.write("LOAD_CONTROL", 0)
        begun = await device.read("STATUS") & LOAD_READY != 0
        dropped = await device.read("INTERRUPT_STATUS") & DROPPED != 0
        assert begun != dropped
        seen.add(begun)
        await device.write("CONTROL", 1)
        await device.ready()
    assert seen == ({True, False} if ON_THE_FLY else seen)


@in_simulation
async def a_restart_gives_up_a_load(dut):
    device = await Device.started(dut)
    await device.write("LOAD_CONTROL", 0)
    await device.write("CONTROL", 1)
    await device.ready()
    assert await device.read("STATUS") == READY
    assert await shows(device, False, device.golden(0, 5))


@in_simulation(skip=not (OPTIONS and OPTIONS.loads_contents and not ON_THE_FLY))
async def another_row_is_shown_in_its_turn(dut):
    device, source = await Device.started(dut), random.Random(4)
    parameters: PreGeneratedParameters = device.parameters
    half = 1 << parameters.width - 1
    numbers = [source.randrange(-half, half) for _ in range(parameters.lanes)]
    row = parameters.rows // 2
    assert (
        await load(device, pool_words.row_words(parameters, row, numbers), contents=True)
        == LOAD_DONE
    )
    size = 1 if parameters.width <= 8 else 2 if parameters.width <= 16 else 4
    packed = b"".join(number.to_bytes(size, "little", signed=True) for number in numbers)
    expected = device.golden(0, parameters.rows)
    expected[row] = int.from_bytes(packed, "little")
    assert await shows(device, False, expected)


@in_simulation(skip=not (OPTIONS and OPTIONS.reloads))
async def a_flip_is_noticed_and_mended(dut):
    """A flip while the lanes stand still, between two perturbations."""
    device = await Device.started(dut)
    states = dut.engine.core.bank.states
    for reload in (0, 1):
        await device.write("HEALTH", reload)
        assert await device.read("HEALTH") == reload
        assert await shows(device, False, device.golden(0, BEATS))
        await device.write("INTERRUPT_STATUS", 0x3F)
        await device.ready()
        await FallingEdge(dut.aclk)
        states.value = int(states.value) ^ 0b10
        assert not await shows(device, False, device.golden(BEATS, BEATS))
        await ClockCycles(dut.aclk, 100)
        mended = FAULT | RELOADED if reload else FAULT
        assert await device.read("INTERRUPT_STATUS") == DONE | mended
        assert await device.read("HEALTH") == reload | 1 << 16
        if reload:
            assert await shows(device, False, device.golden(BEATS, BEATS))
        await device.write("CONTROL", 1)
        await device.ready()
        assert await device.read("HEALTH") == reload


@in_simulation(skip=not (OPTIONS and OPTIONS.loads_contents and ON_THE_FLY))
async def other_seeds_bring_their_stream(dut):
    """The last test: no reset brings the table back, so the device waits for a load ever after."""
    device = await Device.started(dut)
    built = device.parameters
    seeds = tuple(reversed(built.bank.seeds))
    device.parameters = other = replace(built, seed=None, seeds=seeds)
    words = fly_words.contents_words(other, built=built)
    assert await load(device, words, contents=True) == LOAD_DONE
    assert await shows(device, False, device.golden(0, BEATS))
    assert await shows(device, True, device.golden(0, BEATS))
    await device.write("CONTROL", 1)
    await ClockCycles(dut.aclk, 100)
    assert await device.read("STATUS") == LOAD_NEEDED
    await device.write("INTERRUPT_STATUS", 0x3F)
    await device.command(3, replay=False)
    assert await device.read("INTERRUPT_STATUS") == DROPPED
    device.parameters = built
    assert await load(device, fly_words.contents_words(built), contents=True) == LOAD_DONE
    assert await shows(device, False, device.golden(0, BEATS))


if "PEZO_TEST_CONFIG" not in os.environ:
    raise ImportError("runs inside a simulation only")
