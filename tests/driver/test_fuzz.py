"""Both drivers on registers that hold anything: no undefined behaviour, no error but their own."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from pezo_hw.driver import (
    Bank,
    BuiltIn,
    CommandSequence,
    DriverError,
    Interrupt,
    PerturbationDevice,
)
from tests.driver.constants import GOOD, Constants, FixedRegisters, mutated
from tests.driver.sanitized import SanitizedDriver

HARNESS = Path(__file__).parent / "fuzz_driver.c"
DEVICES, SECONDS = 40_000, 60


@pytest.fixture(scope="session")
def fuzz_driver(sanitized_driver: SanitizedDriver) -> Path:
    """The harness with the driver, under ASan and UBSan, beside its file of good constants."""
    program = sanitized_driver.program(HARNESS)
    lines = (" ".join(f"{constants[o]:08x}" for o in range(0, 0x28, 4)) for constants in GOOD)
    program.with_name("good.txt").write_text("\n".join(lines) + "\n")
    return program


def run(program: Path, seed: int, devices: int) -> dict[str, int]:
    """What the harness says it has done; raises with the sanitizer's report."""
    command = [program, program.with_name("good.txt"), str(seed), str(SECONDS), str(devices)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=2 * SECONDS)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return {name: int(number) for name, number in map(str.split, ran.stdout.splitlines())}


def test_c_has_no_undefined_behaviour(fuzz_driver: Path):
    done = run(fuzz_driver, 1, DEVICES)
    assert done["devices"] == DEVICES
    assert 0.1 < done["opened"] / DEVICES < 0.9
    assert done["calls"] > 15 * DEVICES
    assert min(number for name, number in done.items() if name.startswith("PEZO_")) > 50


class Hostile:
    """Registers that answer as a device in some mood, a dead one, or at random."""

    def __init__(self, constants: Constants, draw: random.Random) -> None:
        self.constants, self.draw = constants, draw
        self.mood = draw.randrange(6)

    def read(self, offset: int) -> int:
        if offset in self.constants and (self.mood != 5 or offset < 0x08):
            return self.constants[offset]
        if offset in self.constants:
            return self.draw.choice(GOOD)[offset]
        fixed = {0: 0x11, 1: 0, 2: 2**32 - 1, 3: 0x10}.get(self.mood)
        return self.draw.getrandbits(32) if fixed is None else fixed

    def write(self, offset: int, value: int) -> None:
        assert type(value) is int
        assert 0 <= value < 1 << 32
        assert 0x40 <= offset <= 0x6C


def size_of(device: PerturbationDevice) -> int:
    """RNGs, rows, or numbers of a pool in copies."""
    shape = device.configuration.shape
    return shape.rngs if isinstance(shape, Bank) else shape.depth


def calls(device: PerturbationDevice, draw: random.Random) -> dict[str, Callable[[], object]]:
    """Every method, with arguments that fit the device, or nearly."""
    shape = device.configuration.shape
    size = size_of(device)
    seeds = range(1, min(size, 5000) + 1)
    rows = np.full((draw.choice((1, 2)), shape.lanes), draw.randrange(-2, 2))
    data = bytes(device.configuration.beat_bytes * 3)
    return {
        "status": device.status,
        "counters": device.counters,
        "interrupts": device.interrupts,
        "clear_interrupts": device.clear_interrupts,
        "enable_interrupts": lambda: device.enable_interrupts(Interrupt.DONE),
        "health": device.health,
        "set_reload": lambda: device.set_reload(draw.random() < 0.5),
        "new": lambda: device.new(draw.choice((1, 5, 2**32 - 1))),
        "replay": lambda: device.replay(1),
        "wait": device.wait,
        "wait_for": lambda: device.wait_for(Interrupt(draw.randrange(64))),
        "restart": device.restart,
        "load_phase": lambda: device.load_phase(draw.getrandbits(70) - 2**69),
        "load_seeds": lambda: device.load_seeds(seeds, cycle=draw.getrandbits(70)),
        "set_unused": lambda: device.set_unused(draw.randrange(shape.lanes + 1)),
        "load_start_number": lambda: device.load_start_number(draw.randrange(size + 1)),
        "load_pool": lambda: device.load_pool([0] * min(size, 5000), draw.randrange(size)),
        "load_start_row": lambda: device.load_start_row(draw.randrange(size + 1)),
        "load_rows": lambda: device.load_rows(draw.randrange(size), rows),
        "sequence": lambda: sequence(device, draw),
        "decode": lambda: device.decode(data).tensors([shape.lanes]),
        "beats_for": lambda: device.configuration.beats_for((7, 9)),
        "unused_for": lambda: device.configuration.unused_for((7, 9)),
    }


def sequence(device: PerturbationDevice, draw: random.Random) -> None:
    """Some commands of one with any numbers."""
    numbers = [draw.getrandbits(draw.choice((2, 8, 64))) for _ in range(3)]
    commands = CommandSequence(device, numbers[0], most_beats=numbers[1], unused=draw.randrange(2))
    if draw.random() < 0.5:
        commands.position = numbers[2]
    for each in (commands.new, commands.replay):
        for command in islice(each(), 2):
            command.give()


def opened(constants: Constants, draw: random.Random, timeout: float) -> PerturbationDevice | None:
    """A device of the registers, with seeds where it takes them; None where it is refused."""
    try:
        device = PerturbationDevice(FixedRegisters(constants))
        is_bank, size = isinstance(device.configuration.shape, Bank), size_of(device)
        seeds = range(1, size + 1) if is_bank and size < 5000 else ()
        built_in = BuiltIn(seeds=tuple(seeds))
        return PerturbationDevice(Hostile(constants, draw), built_in=built_in, timeout=timeout)
    except DriverError:
        return None


@pytest.mark.filterwarnings("ignore:overflow encountered in cast")  # a value beyond float32
def test_python_raises_its_own_errors_in_time():
    """Sizes and answers at random: no other exception, and no call far beyond its timeout."""
    draw, timeout = random.Random(3), 0.001
    longest, returned, messages = 0.0, 0, []
    for _ in range(400):
        device = opened(mutated(draw), draw, timeout)
        if device is None:
            continue
        for call in calls(device, draw).values():
            started = time.thread_time()
            try:
                call()
                returned += 1
            except DriverError as error:
                messages.append(str(error))
            longest = max(longest, time.thread_time() - started)
    assert min(returned, len(messages)) > 300
    assert not any("\n" in message for message in messages)
    # A millisecond for each word of a load is the default's; the largest here is 2^18 of a table,
    # which takes far less than that.
    assert longest < 3
