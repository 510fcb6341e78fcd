"""The C driver's sequences of commands as a Python object, called as the class is."""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator, Sequence
from functools import partial

from pezo_hw.driver import Command
from tests.driver.c_driver import CPerturbationDevice, words


class CSequenceState(c.Structure):
    """``struct pezo_sequence``."""

    _fields_ = (
        *(("device", c.c_void_p), ("seeds", c.POINTER(c.c_uint32)), ("beats", c.c_uint64)),
        *(("most_beats", c.c_uint32), ("unused", c.c_uint32), ("loads", c.c_bool)),
        *((name, c.c_uint64) for name in ("position", "start", "next", "last")),
    )


class CCommand(c.Structure):
    """``struct pezo_command``."""

    _fields_ = (
        *(("first_byte", c.c_uint64), ("size", c.c_uint64), ("beats", c.c_uint32)),
        *((name, c.c_uint64) for name in ("perturbation", "start", "first")),
        ("replay", c.c_bool),
    )


class CSequence:
    """``struct pezo_sequence`` of a device."""

    def __init__(
        self,
        driver: CPerturbationDevice,
        beats: int,
        *,
        unused: int = 0,
        most_beats: int,
        position: int | None = None,
        seeds: Sequence[int] = (),
    ) -> None:
        self._driver, self._seeds = driver, words(seeds)
        self.state = CSequenceState()
        numbers = c.c_uint64(beats), c.c_uint32(unused), c.c_uint64(most_beats)
        device = c.byref(driver.device)
        begun = driver.library.pezo_begin_sequence(self._here, device, self._seeds, *numbers)
        driver.check(begun)
        if position is not None:
            self.position = position

    @property
    def _here(self) -> object:
        return c.byref(self.state)

    def use_seeds(self, seeds: Sequence[int]) -> None:
        """After a load of others."""
        self._seeds = words(seeds)
        self.state.seeds = c.cast(self._seeds, c.POINTER(c.c_uint32))

    @property
    def position(self) -> int:
        return self.state.position

    @position.setter
    def position(self, position: int) -> None:
        self._driver.check(self._driver.library.pezo_start_at(self._here, c.c_uint64(position)))

    @property
    def loads(self) -> bool:
        return self.state.loads

    @property
    def largest(self) -> int:
        return self._driver.library.pezo_largest_frame(self._here)

    def __len__(self) -> int:
        return self._driver.library.pezo_commands(self._here)

    def new(self) -> Iterator[Command]:
        return self._commands("pezo_new_command")

    def replay(self) -> Iterator[Command]:
        return self._commands("pezo_replay_command")

    def _commands(self, function: str) -> Iterator[Command]:
        index = 0
        while command := self.command(function, index):
            yield command
            index += 1

    def command(self, function: str, index: int) -> Command | None:
        """That with an index; None behind the last."""
        found, library = CCommand(), self._driver.library
        if not getattr(library, function)(self._here, c.c_uint64(index), c.byref(found)):
            return None
        return Command(
            beats=found.beats,
            first_byte=found.first_byte,
            size=found.size,
            give=partial(self._give, found),
        )

    def _give(self, command: CCommand) -> None:
        self._driver.check(self._driver.library.pezo_give(self._here, c.byref(command)))
