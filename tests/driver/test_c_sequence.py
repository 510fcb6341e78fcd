"""Sequences in C, under the sanitizers: the commands of the Python class, to the limits."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pezo_hw.driver import (
    ArgumentError,
    Bank,
    BuiltIn,
    Command,
    CommandSequence,
    PerturbationDevice,
    UnsupportedError,
)
from tests.driver.constants import GOOD, Constants, FixedRegisters
from tests.driver.sanitized import SanitizedDriver

HARNESS = Path(__file__).parent / "sequence_driver.c"
FEW = 5
MOST_BYTES, NO_LIMIT = 1 << 63, (1 << 64) - 1


class ReadyRegisters(FixedRegisters):
    """Of a device that is ready for everything: what the harness's bus is, with a record."""

    def __init__(self, constants: Constants) -> None:
        super().__init__(constants, other=0x11)
        self.lines: list[str] = []

    def write(self, offset: int, value: int) -> None:
        self.lines.append(f"write {offset} {value}")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A device, and the numbers of a sequence."""

    constants: Constants
    beats: int
    unused: int
    most_beats: int
    position: int | None

    @property
    def line(self) -> str:
        """As the harness reads it."""
        words = [f"{self.constants[offset]:08x}" for offset in range(0, 0x28, 4)]
        position = (0, 0) if self.position is None else (1, self.position)
        return " ".join(map(str, (*words, self.beats, self.unused, self.most_beats, *position)))


def opened(registers: ReadyRegisters) -> PerturbationDevice:
    shape: Any = PerturbationDevice(registers).configuration.shape
    seeds = tuple(range(1, shape.rngs + 1)) if isinstance(shape, Bank) else ()
    return PerturbationDevice(registers, built_in=BuiltIn(seeds=seeds))


def cases() -> Iterator[Case]:
    """Every device with numbers at the limits, and one beyond; some of them at random."""
    draw = random.Random(5)
    for constants in GOOD:
        configuration = opened(ReadyRegisters(constants)).configuration
        own, largest = configuration.most_beats, MOST_BYTES // configuration.beat_bytes
        for _ in range(16):
            most = draw.choice((0, 1, draw.randrange(1, 99), own, own + 1, NO_LIMIT))
            step = max(1, min(most, own))
            multiple = draw.randrange(1, FEW) * step
            near = (multiple - 1, multiple, multiple + 1)
            beats = draw.choice((0, 1, *near, *near, largest, largest + 1))
            unused = draw.choice((0, 0, configuration.most_unused, configuration.most_unused + 1))
            position = draw.choice((None, None, 0, draw.getrandbits(64), NO_LIMIT))
            yield Case(
                constants=constants,
                beats=beats,
                unused=unused,
                most_beats=most,
                position=position,
            )


def around(device: PerturbationDevice) -> int:
    """After how many positions the stream is where it was."""
    shape: Any = device.configuration.shape
    return shape.rngs * shape.period if isinstance(shape, Bank) else shape.depth


def lines_of(case: Case) -> list[str]:
    """What the class makes of a case, as the harness writes it."""
    registers = ReadyRegisters(case.constants)
    device = opened(registers)
    keys = {"unused": case.unused, "most_beats": case.most_beats, "position": case.position}
    try:
        sequence = CommandSequence(device, case.beats, **keys)
    except ArgumentError:
        return ["end PEZO_BAD_ARGUMENT"]
    except UnsupportedError:
        return ["end PEZO_UNSUPPORTED"]
    most = min(case.most_beats, device.configuration.most_beats)
    number = -(-case.beats // most)
    lines = registers.lines
    lines.append(f"sequence {number} {sequence.largest} {int(sequence.loads)}")
    size = device.configuration.beat_bytes
    for index, command in enumerate(islice(sequence.new(), FEW)):
        lines.append(f"command {index} {command.beats} {command.first_byte} {command.size}")
    last = case.beats - (number - 1) * most
    lines.append(f"command {number - 1} {last} {(number - 1) * most * size} {last * size}")

    def give(commands: Iterable[Command]) -> None:
        for command in commands:
            command.give()
        lines.append(f"position {sequence.position % around(device)}")

    if number > FEW:
        give(islice(sequence.new(), 1))
        _give_the_last(case, device, lines, (number - 1) * most)
    else:
        give(sequence.replay())
        give(islice(sequence.new(), 1))
        for commands in (sequence.replay, sequence.new, sequence.new):
            give(commands())
    return [*lines, "end PEZO_OK"]


def _give_the_last(case: Case, device: PerturbationDevice, lines: list[str], first: int) -> None:
    """Which the class would come to after some 2^50 others: by the device's own functions."""
    start, each = case.position or 0, device.positions_a_beat
    following = (start + case.beats * each - case.unused) % around(device)
    for command in (device.new, device.replay):
        device.load_position(start + first * each)
        command(case.beats - first)
        lines.append(f"position {following}")


def test_the_same_commands_and_accesses(sanitized_driver: SanitizedDriver):
    drawn = list(cases())
    program = sanitized_driver.program(HARNESS)
    given = "".join(f"{case.line}\n" for case in drawn)
    ran = subprocess.run([program], input=given, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    found = iter(ran.stdout.splitlines())
    ends, many = [], 0
    for case in drawn:
        for expected in lines_of(case):
            assert next(found) == expected, case
            many += expected.startswith("sequence ") and int(expected.split()[1]) > FEW
        ends.append(expected)
    assert next(found, None) is None
    assert min(ends.count(f"end PEZO_{end}") for end in ("OK", "BAD_ARGUMENT", "UNSUPPORTED")) > 10
    assert many > 10
