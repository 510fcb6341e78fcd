"""Legal AXI4-Lite accesses at random."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ...registers import RegisterMap, register_map
from .lite_model import LiteInputs, LitePins
from .parameters import AXIParameters

_ALL_STROBES = 0b1111
_LATEST = 4
_RESTARTS = 1 / 500
_ENDLESS = 1 / 50


@dataclass(kw_only=True)
class _Write:
    """An access under way: what is left of it, and for how long each channel still waits."""

    address: int
    word: int
    strobes: int
    address_wait: int
    data_wait: int
    has_address: bool = True
    has_data: bool = True


class AXIManager:
    """Writes and reads one after another, the channels in any order and with any delay.

    What it writes is mostly commands and their lengths, and interrupts are often cleared, so that
    now and then one is cleared as it happens; the rest reaches every address, with strobes missing
    now and then. It can be given a load to carry out in between.

    Parameters
    ----------
    parameters : AXIParameters
        The device's; decides which lengths are interesting.
    """

    def __init__(self, parameters: AXIParameters) -> None:
        self._lead = parameters.replay.lead
        self._most_unused = parameters.replay.plan.most_unused
        self._beyond = min(1 << parameters.replay.count_bits, (1 << 32) - 2)
        self._map: RegisterMap = register_map()
        self._addresses = [register.address for register in self._map.registers]
        self.reset()

    def reset(self) -> None:
        """Forget what is under way."""
        self._write: _Write | None = None
        self._read: int | None = None
        self._read_wait = 0
        self._load: list[tuple[str, int]] = []

    @property
    def loads(self) -> bool:
        """Whether a load is still to be written."""
        return bool(self._load)

    def load(self, words: list[int], *, contents: bool) -> None:
        """Begin a load with the next write, and write its words as they are wanted."""
        self._load = [("LOAD_CONTROL", int(contents)), *(("LOAD_DATA", word) for word in words)]

    def end_load(self) -> None:
        """The load is over, taken or refused: no more of its words, unless it is still to begin."""
        if self._write is None and self.loads and self._load[0][0] == "LOAD_DATA":
            self._load = []

    def drive(self, source: random.Random, *, wants_word: bool) -> LiteInputs:
        """The inputs of a cycle; what has been offered stays until it is taken."""
        if self._write is None and self._may_load(wants_word) and source.random() < 3 / 4:
            name, word = self._load.pop(0)
            self._write = _Write(
                address=self._map[name].address,
                word=word,
                strobes=_ALL_STROBES,
                address_wait=source.randrange(2),
                data_wait=source.randrange(2),
            )
        # A load leaves room: its next word waits until no write is under way.
        if self._write is None and source.random() < (1 / 32 if self.loads else 1 / 2):
            self._write = self._any_write(source)
        if self._read is None and source.random() < 1 / 4:
            self._read, self._read_wait = self._any_address(source), source.randrange(_LATEST)
        write = self._write
        offers_address = write is not None and write.has_address and write.address_wait <= 0
        offers_data = write is not None and write.has_data and write.data_wait <= 0
        return LiteInputs(
            write_address=write.address if write and offers_address else None,
            write_data=(write.word, write.strobes) if write and offers_data else None,
            response_ready=source.random() < 2 / 3,
            read_address=self._read if self._read_wait <= 0 else None,
            data_ready=source.random() < 2 / 3,
        )

    def _may_load(self, wants_word: bool) -> bool:
        return self.loads and (wants_word or self._load[0][0] == "LOAD_CONTROL")

    def edge(self, inputs: LiteInputs, pins: LitePins) -> None:
        """A clock edge at which these inputs met these outputs."""
        write = self._write
        if write is not None:
            write.address_wait -= 1
            write.data_wait -= 1
            write.has_address &= not (inputs.write_address is not None and pins.write_address_ready)
            write.has_data &= not (inputs.write_data is not None and pins.write_data_ready)
            if not write.has_address and not write.has_data:
                self._write = None
        self._read_wait -= 1
        if inputs.read_address is not None and pins.read_address_ready:
            self._read = None

    def _any_write(self, source: random.Random) -> _Write:
        address, word = self._any_action(source)
        strobes = _ALL_STROBES if source.random() < 15 / 16 else source.randrange(_ALL_STROBES)
        return _Write(
            address=address,
            word=word,
            strobes=strobes,
            address_wait=source.randrange(_LATEST),
            data_wait=source.randrange(_LATEST),
        )

    def _any_action(self, source: random.Random) -> tuple[int, int]:
        choice = source.random()
        if choice < _RESTARTS:
            return self._map["CONTROL"].address, 1
        if choice < 1 / 2:
            return self._map["COMMAND"].address, source.randrange(2)
        if choice < 3 / 4:
            return self._map["BEATS"].address, self._any_length(source)
        if choice < 13 / 16:
            return self._map["UNUSED"].address, source.randint(0, self._most_unused + 1)
        if choice < 7 / 8:
            return self._map["INTERRUPT_STATUS"].address, source.getrandbits(32)
        address = self._any_address(source)
        # Restarts have their own share: more of them would keep the stream at its beginning.
        return address, source.getrandbits(32) & ~int(address == self._map["CONTROL"].address)

    def _any_length(self, source: random.Random) -> int:
        if source.random() < _ENDLESS:
            return source.choice([0, self._beyond, self._beyond + 1, (1 << 32) - 1])
        return source.randint(1, source.choice([3, 3 * self._lead, 64 * self._lead]))

    def _any_address(self, source: random.Random) -> int:
        """Mostly of a register; sometimes anything, mostly a multiple of four."""
        if source.random() < 7 / 8:
            return source.choice(self._addresses)
        return source.getrandbits(12) & ~(3 if source.random() < 1 / 2 else 0)
