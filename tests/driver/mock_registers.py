"""The register file of an AXI system as its description reads, by hand, without any hardware.

The offsets and bits are written out again here, so that a driver is compared with a second reading
and not with the tables that it is made from.
"""

from __future__ import annotations

from typing import Any

from pezo_hw.config import Config
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.systems.replay.parameters import ReplayParameters

READY, BUSY, LOAD_BUSY, LOAD_NEEDED, LOAD_READY = 1, 2, 4, 8, 16
DONE, DROPPED, FAULT, RELOADED, LOAD_DONE, LOAD_REFUSED = 1, 2, 4, 8, 16, 32
READ_ONLY = (*range(0x00, 0x28, 4), 0x44, 0x50, 0x54)
WRITE_ONLY = (0x40, 0x4C, 0x64, 0x68)
READ_WRITE = (0x48, 0x58, 0x5C, 0x60, 0x6C)


class MockRegisters:
    """Answers reads and writes as the device would, and keeps a record of them.

    Time passes with the reads of STATUS and INTERRUPT_STATUS: whatever is under way takes
    ``delay`` of them.

    Attributes
    ----------
    trace : list of tuple
        ``("r", offset, word)`` or ``("w", offset, word)`` for every access.
    commands : list of tuple
        The beats and the replay bit of each command taken.
    ring, tracker : list of int, int
        What the registers of the bank hold: scan chains that the words of a load are shifted into,
        and in which every state takes a step on its way.
    table, rows, pool : list of int, dict, list of int
        What loads of contents have written.
    """

    def __init__(self, config: Config, *, delay: int = 2) -> None:
        self.config = config
        self.constants = _constants(config)
        self.delay = delay
        self.trace: list[tuple[str, int, int]] = []
        self.commands: list[tuple[int, int]] = []
        self.beats, self.enabled, self.events, self.health = 1, 0, 0, 0
        self.counters = {0x50: 0, 0x54: 0}
        self.busy = 0
        self.needed = False
        self.lose_commands = 0
        self.ring: list[int] = []
        self.tracker = 0
        self.table: list[int] = []
        self.rows: dict[int, list[int]] = {}
        self.pool: list[int] = []
        self.unused = 0
        self.start_address: int | None = None
        self.load: _Load | None = None

    # The bus -------------------------------------------------------------------------------------

    def read(self, offset: int) -> int:
        assert offset in READ_ONLY or offset in READ_WRITE, f"read of {offset:#x} answers SLVERR"
        word = self._read(offset)
        self.trace.append(("r", offset, word))
        return word

    def write(self, offset: int, value: int) -> None:
        assert offset in WRITE_ONLY or offset in READ_WRITE, f"write of {offset:#x} answers SLVERR"
        assert type(value) is int
        assert 0 <= value < 1 << 32
        self.trace.append(("w", offset, value))
        getattr(self, f"_write_{offset:02x}")(value)

    def _read(self, offset: int) -> int:
        if offset in self.constants:
            return self.constants[offset]
        if offset == 0x44:
            self._pass_time()
            return self._status()
        if offset == 0x5C:
            self._pass_time()
            return self.events
        stored = {0x48: self.beats, 0x58: self.enabled, 0x60: self.health, 0x6C: self.unused}
        return {**stored, **self.counters}[offset]

    def _pass_time(self) -> None:
        if self.busy:
            self.busy -= 1
            if self.busy == 0:
                self.events |= DONE
        if self.load is not None:
            self.load.pass_time()

    def _status(self) -> int:
        waits = self.load is not None and self.load.writes
        ready = not (self.busy or self.needed or waits)
        word = READY * ready | BUSY * bool(self.busy) | LOAD_NEEDED * bool(self.needed or waits)
        if self.load is not None:
            word |= LOAD_BUSY | LOAD_READY * self.load.ready
        return word

    # What writes do ------------------------------------------------------------------------------

    def _write_40(self, value: int) -> None:
        if value & 1:
            self.busy, self.load, self.counters = 0, None, {0x50: 0, 0x54: 0}
            self.needed = self.needed or bool(self.table)

    def _write_48(self, value: int) -> None:
        self.beats = value

    def _write_4c(self, value: int) -> None:
        if self.lose_commands or not self._status() & READY:
            self.lose_commands = max(0, self.lose_commands - 1)
            self.events |= DROPPED
            return
        self.commands.append((self.beats, value & 1))
        self.counters[0x50] += not value & 1
        self.counters[0x54] += self.beats
        self.busy = self.delay

    def _write_58(self, value: int) -> None:
        self.enabled = value & 0x3F

    def _write_5c(self, value: int) -> None:
        self.events &= ~value

    def _write_60(self, value: int) -> None:
        self.health = self.health & 0xFFFF0000 | value & 1

    def _write_6c(self, value: int) -> None:
        self.unused = value

    def _write_64(self, value: int) -> None:
        parameters: Any = self.config.parameters
        if isinstance(parameters, OnTheFlyParameters):
            self.load = _SeedLoad(self, bool(value & 1))
        else:
            kind = _RowLoad if parameters.stores_rows else _PoolLoad
            self.load = kind(self, bool(value & 1))

    def _write_68(self, value: int) -> None:
        if self.load is None or not self.load.ready:
            self.events |= DROPPED
            return
        self.load.take(value)


def flip_a_word(mock: MockRegisters, place: int) -> None:
    """Has a bit of one of the next words of loads change on its way."""
    take, counted = mock._write_68, iter(range(1 << 20))
    mock._write_68 = lambda word: take(word ^ (next(counted) == place))  # type: ignore[method-assign]


def load_again(mock: MockRegisters) -> None:
    """Writes what has been loaded once more, and leaves before it is in use."""
    words = [word for kind, offset, word in mock.trace if (kind, offset) == ("w", 0x68)]
    mock.write(0x64, 1)
    for word in words:
        while not mock.read(0x44) & LOAD_READY:
            pass
        mock.write(0x68, word)
    assert mock.read(0x44) & (LOAD_BUSY | LOAD_NEEDED) == LOAD_BUSY | LOAD_NEEDED


class _Load:
    """A load under way: its parts, and the time that each takes to be checked."""

    def __init__(self, mock: MockRegisters, contents: bool) -> None:
        self.mock, self.contents = mock, contents
        self.words: list[int] = []
        self.waits = mock.delay
        self.first = True
        self.writes = False

    @property
    def ready(self) -> bool:
        return self.waits == 0

    def pass_time(self) -> None:
        if self.waits:
            self.waits -= 1
            if self.waits == 0 and self.words:
                self._checked()

    def take(self, word: int) -> None:
        self.writes = not self.first
        self.words.append(word)
        if len(self.words) == self._wanted() + 1:
            self.waits = self.mock.delay

    def _checked(self) -> None:
        (*words, check), self.words = self.words, []
        if _check_after(_check_of(words), check) != 0xFFFF or (
            self.first and not self._acceptable(words)
        ):
            self.mock.events |= LOAD_REFUSED
            self.mock.load = None
        elif self.first and self.contents and self._has_second_part:
            self.first, self.mock.needed = False, True
            self.first_words = words
        else:
            self._apply(words if self.first else self.first_words, words)
            self.mock.events |= LOAD_DONE
            self.mock.load = None
            self.mock.needed = self.mock.needed and not self.contents

    @property
    def _has_second_part(self) -> bool:
        return True

    def _wanted(self) -> int:
        raise NotImplementedError

    def _acceptable(self, words: list[int]) -> bool:
        raise NotImplementedError

    def _apply(self, first: list[int], words: list[int]) -> None:
        raise NotImplementedError


def _check_after(check: int, word: int) -> int:
    """Bit by bit: bit i of a half that is turned by p is bit i - p of it."""
    c, low, high = ([x >> i & 1 for i in range(16)] for x in (check, word, word >> 16))
    bits = [
        c[i - 8] ^ c[i - 5] ^ (c[i] & (i < 5)) ^ low[i] ^ high[i] ^ high[i - 1] for i in range(16)
    ]
    return sum(bit << i for i, bit in enumerate(bits))


def _check_of(words: list[int]) -> int:
    check = 0xFFFF
    for word in words:
        check = _check_after(check, word)
    return check


class _SeedLoad(_Load):
    @property
    def _has_second_part(self) -> bool:
        return self._generator.scaling.mode == "adaptive"

    def _wanted(self) -> int:
        return (
            ReplayParameters.of(self.mock.config).lead if self.first else 1 << self._generator.width
        )

    @property
    def _generator(self) -> Any:
        return self.mock.config.parameters

    def _acceptable(self, words: list[int]) -> bool:
        generator = self._generator
        states = [word & generator.lfsr.period for word in words]
        if not all(states):
            return False
        n = generator.rngs
        aligned = [
            generator.lfsr.advance(state, len(states) - index)
            for index, state in enumerate(states[-n:], start=len(states) - n)
        ]
        return len(set(aligned)) == n

    def _apply(self, first: list[int], words: list[int]) -> None:
        generator = self._generator
        ring, tracker = [0] * generator.rngs, 0
        for word in first:
            moved = (generator.lfsr.advance(state, 1) for state in ring[1:])
            ring = [*moved, word & generator.lfsr.period]
            entering = word >> generator.width
            tracker = (tracker << generator.entry_bits | entering) & generator.lfsr.period
            assert entering < 1 << generator.entry_bits
        self.mock.ring, self.mock.tracker = ring, tracker
        if self.contents and self._has_second_part:
            self.mock.table = words


class _RowLoad(_Load):
    def _wanted(self) -> int:
        return 1 if self.first else self.mock.config.parameters.lanes

    def _acceptable(self, words: list[int]) -> bool:
        pool: Any = self.mock.config.parameters
        sequence = pool.address_sequence
        return any(sequence.address_of(row) == words[0] for row in range(pool.rows))

    def _apply(self, first: list[int], words: list[int]) -> None:
        if self.contents:
            self.mock.rows[first[0]] = words
        else:
            self.mock.start_address = words[0]


class _PoolLoad(_Load):
    """Numbers that come backwards from the one whose address is first."""

    def _wanted(self) -> int:
        return 1 if self.first else self.mock.config.parameters.pool

    def _number_at(self, address: int) -> int | None:
        pool: Any = self.mock.config.parameters
        stored = pool.copies.order.sequence.tolist()
        if address not in stored:
            return None
        return stored.index(address) * pool.copies.count % pool.pool

    def _acceptable(self, words: list[int]) -> bool:
        return self._number_at(words[0]) is not None

    def _apply(self, first: list[int], words: list[int]) -> None:
        self.mock.start_address = first[0]
        if self.contents:
            start, count = self._number_at(first[0]), len(words)
            assert start is not None
            self.mock.pool = [words[(start - number) % count] for number in range(count)]


def _constants(config: Config) -> dict[int, int]:
    parameters, system = config.parameters, config.system
    fixed_point = parameters.fixed_point
    fly = isinstance(parameters, OnTheFlyParameters)
    options = (
        (system.loads, 16),
        (system.loads_contents, 32),
        (system.checks_health, 64),
        (system.reloads, 128),
    )
    has = (1 if fly else 2) << 16 | system.count_bits << 8
    has |= sum(bit for flag, bit in options if flag)
    bits = max(fixed_point.bits, parameters.code_bits)
    slot = next(size for size in (1, 2, 4) if 8 * size >= bits)
    number = fixed_point.bits | (fixed_point.frac & 255) << 8
    beat = parameters.lanes | slot << 24 | (system.tdata == "power-of-two") << 27
    constants = {0x00: 0x50455A4F, 0x04: 1 << 16, 0x0C: beat}
    if isinstance(parameters, OnTheFlyParameters):
        scaling = parameters.scaling
        has |= (parameters.format == "midrise") | (scaling.output == "fixed-point") << 1
        has |= (scaling.mode == "constant") << 2
        base = 0 if scaling.output == "fixed-point" else parameters.base
        number |= parameters.code_bits << 16 | (base & 255) << 24
        constants[0x14] = parameters.width | parameters.rngs << 8
        constants[0x18] = sum(1 << (tap - 1) for tap in parameters.lfsr.taps or ())
        constants[0x1C] = parameters.steps_per_cycle
        constants[0x20] = ReplayParameters.of(config).lead | parameters.entry_bits << 24
        constants[0x24] = 0
    else:
        constants |= _constants_of_pool(parameters)
        goes_on = parameters.leftover == "number" and parameters.start == "next"
        has |= (goes_on and parameters.lanes > 1) << 14
    return constants | {0x08: has, 0x10: number}


def _constants_of_pool(parameters: PreGeneratedParameters) -> dict[int, int]:
    if not parameters.stores_rows:
        return _constants_of_copies(parameters)
    moduli = parameters.address_sequence.moduli
    split = moduli if len(moduli) > 1 else ()
    return {
        0x14: parameters.width | parameters.rows << 8,
        0x18: 0,
        0x1C: 0,
        0x20: 1,
        0x24: sum(modulus << 8 * field for field, modulus in enumerate(split)),
    }


def _constants_of_copies(parameters: PreGeneratedParameters) -> dict[int, int]:
    pool, copies = parameters.pool, parameters.lanes // parameters.ports
    steps = next(steps for steps in range(1, pool) if steps * copies % pool == 1)
    return {
        0x14: parameters.width | pool << 8,
        0x18: sum(1 << (tap - 1) for tap in parameters.copies.order.taps),
        0x1C: steps,
        0x20: 1,
        0x24: 0,
    }
