"""Every register: its value after a reset, who may touch it, and what lies beside it."""

from __future__ import annotations

import os
import random

from cocotb.triggers import ClockCycles

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.systems.replay.parameters import ReplayParameters
from tests.axi.device import ADDRESS, Device, RefusedError, in_simulation

# Who may do what, and the bits that keep what is written: read off the data sheet by hand.
READ_ONLY = {
    *("ID", "VERSION", "CAPABILITIES", "BEAT", "NUMBER", "GENERATOR", "TAPS", "STEPS", "WINDOW"),
    *("MODULI", "STATUS", "PERTURBATIONS", "TRANSFERS"),
}
WRITE_ONLY = {"CONTROL", "COMMAND", "LOAD_CONTROL", "LOAD_DATA"}
KEPT = {"BEATS": 0xFFFFFFFF, "INTERRUPT_ENABLE": 0x3F}
READY = 1


def expected_words(device: Device) -> dict[str, int]:
    """What every register reads after a reset, from the configuration alone."""
    config, parameters = device.config, device.parameters
    on_the_fly = isinstance(parameters, OnTheFlyParameters)
    bits = parameters.fixed_point.bits
    words = {
        "ID": int.from_bytes(b"PEZO", "big"),
        "VERSION": 1 << 16,
        "CAPABILITIES": config.system.count_bits << 8 | (1 if on_the_fly else 2) << 16,
        "BEAT": parameters.lanes | (1 if bits <= 8 else 2 if bits <= 16 else 4) << 24,
        "NUMBER": bits | (parameters.fixed_point.frac & 0xFF) << 8,
        "TAPS": 0,
        "STEPS": 0,
        "MODULI": 0,
        "STATUS": READY,
        "PERTURBATIONS": 0,
        "TRANSFERS": 0,
        "BEATS": 1,
        "INTERRUPT_ENABLE": 0,
        "INTERRUPT_STATUS": 0,
        "HEALTH": 0,
        "UNUSED": 0,
    }
    if not on_the_fly and parameters.stored_as == "copies":
        words["GENERATOR"] = parameters.width | parameters.pool << 8
        words["CAPABILITIES"] |= (parameters.leftover == "number") << 14
        words["TAPS"] = 0b1100_1010_0000  # 12, 11, 8, 6
        words["STEPS"] = 1024  # of 4 copies: 4 * 1024 = 1 modulo 4095
        return words | {"WINDOW": 1}
    if not on_the_fly:
        words["GENERATOR"] = parameters.width | parameters.pool // parameters.lanes << 8
        moduli = parameters.address_sequence.moduli
        if len(moduli) > 1:
            words["MODULI"] = int.from_bytes(bytes(moduli), "little")
        return words | {"WINDOW": 1}
    words["GENERATOR"] = parameters.width | parameters.rngs << 8
    words["CAPABILITIES"] |= parameters.format == "midrise"
    words["CAPABILITIES"] |= (parameters.scaling.output == "fixed-point") << 1
    for tap in parameters.lfsr.taps or ():
        words["TAPS"] |= 1 << tap - 1
    words["STEPS"] = parameters.steps_per_cycle
    adaptive = parameters.scaling.mode == "adaptive"
    words["CAPABILITIES"] |= (not adaptive) << 2
    if parameters.scaling.output != "fixed-point":
        words["NUMBER"] |= (parameters.base & 0xFF) << 24
        words["NUMBER"] |= adaptive * parameters.scaling.code_bits << 16
    fresh = adaptive * min(parameters.steps_per_cycle, parameters.width)
    return words | {"WINDOW": ReplayParameters.of(device.config).lead | fresh << 24}


async def everything(device: Device) -> dict[str, int]:
    """All that can be read."""
    return {name: await device.read(name) for name in ADDRESS if name not in WRITE_ONLY}


async def refused(access) -> bool:
    try:
        await access
    except RefusedError:
        return True
    return False


@in_simulation
async def values_after_a_reset(dut):
    device = await Device.started(dut)
    device.pause_everything(1)
    expected = expected_words(device)
    assert await everything(device) == expected
    assert set(expected) | WRITE_ONLY == set(ADDRESS)


@in_simulation
async def written_bits_are_kept_or_ignored(dut):
    device = await Device.started(dut)
    device.pause_everything(2)
    before = await everything(device)
    for name, mask in KEPT.items():
        for word in (0xFFFFFFFF, 0xAAAAAAAA, 0x55555555):
            await device.write(name, word)
            assert await device.read(name) == word & mask
        await device.write(name, before[name])
    await device.write("HEALTH", 0xFFFFFFFF)
    await device.write("INTERRUPT_STATUS", 0xFFFFFFFF)
    assert await everything(device) == before
    dut.aresetn.value = 0
    await ClockCycles(dut.aclk, 2)
    dut.aresetn.value = 1
    await device.ready()
    assert await everything(device) == before


@in_simulation
async def accesses_that_are_no_ones_answer_slverr(dut):
    """All 1024 words, read and written; of the registers only what they do not allow."""
    device = await Device.started(dut)
    names = {address: name for name, address in ADDRESS.items()}
    before = await everything(device)
    for address in range(0, 4096, 4):
        name = names.get(address)
        readable = name is not None and name not in WRITE_ONLY
        assert await refused(device.read_word(address)) == (not readable)
        if name is None or name in READ_ONLY:
            assert await refused(device.write_word(address, 0xFFFFFFFF))
    assert await everything(device) == before


@in_simulation
async def parts_of_words_answer_slverr(dut):
    """Every choice of strobes but all, and every unaligned address, at every register."""
    device = await Device.started(dut)
    device.pause_everything(3)
    before = await everything(device)
    for address in ADDRESS.values():
        for strobes in range(15):
            assert await raw_write(device, address, 0xFFFFFFFF, strobes) == 2
        for offset in (1, 2, 3):
            assert await raw_write(device, address + offset, 0xFFFFFFFF, 15) == 2
            assert await raw_read(device, address + offset) == (2, 0)
    assert await everything(device) == before


async def raw_write(device: Device, address: int, word: int, strobes: int) -> int:
    """A write of any shape, its address and data as separate transactions; the response."""
    channels = device.lite.write_if
    requested, sent = channels.aw_channel, channels.w_channel
    address_first = random.Random(f"{address} {strobes}").random() < 1 / 2
    transactions = [
        (requested, requested._transaction_obj(awaddr=address, awprot=0)),
        (sent, sent._transaction_obj(wdata=word, wstrb=strobes)),
    ]
    for channel, transaction in transactions if address_first else reversed(transactions):
        await channel.send(transaction)
        await ClockCycles(device.dut.aclk, 3)
    return int((await channels.b_channel.recv()).bresp)


async def raw_read(device: Device, address: int) -> tuple[int, int]:
    """A read of any address; response and word."""
    channels = device.lite.read_if
    await channels.ar_channel.send(channels.ar_channel._transaction_obj(araddr=address, arprot=0))
    answer = await channels.r_channel.recv()
    return int(answer.rresp), int(answer.rdata)


if "PEZO_TEST_CONFIG" not in os.environ:
    raise ImportError("runs inside a simulation only")
