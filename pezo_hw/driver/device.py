"""The perturbation generator, from the processor's side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from . import registers as r
from .built_in import BuiltIn
from .bus import MMIO, any_integer
from .commands import PerturbationCommands
from .families import family_with
from .family import Loads
from .frame import Frame, decode
from .loader import Loader
from .shape import check_shape


class PerturbationDevice(PerturbationCommands):
    """A generator of ``pezo generate --system axi`` behind its registers.

    The device gives perturbations on command: `new` the next one, `replay` the last one again,
    beat by beat on ``m_axis``. One object, used from one thread at a time, must be the only master
    of its registers.

    Parameters
    ----------
    mmio : MMIO
        Anything with ``read(offset)`` and ``write(offset, value)``, such as a ``pynq.MMIO``.
    built_in : BuiltIn, optional
        What the registers do not tell (`BuiltIn.from_manifest`). Needed to load a phase of the
        built-in seeds, and wherever rounding, gain or, with fixed-point output, the bits of a code
        are not the defaults.
    timeout : float
        Seconds that a call which waits may take in all, unless it says otherwise. A load that does
        not may take as long for anything that it awaits, and a millisecond more for each word.

    Attributes
    ----------
    configuration : Configuration
        What the device says of itself.

    Raises
    ------
    NotFoundError
        Where the device is none that this driver knows, has a constant that none can have, or is
        not the one of the manifest.
    ArgumentError
        For a ``timeout`` that is no number of seconds, or seeds that are not of this device.

    Examples
    --------
    >>> from pezo_hw import load
    >>> from pezo_hw.driver import PerturbationDevice
    >>> from pezo_hw.driver import registers as r
    >>> from pezo_hw.systems.axi.parameters import AXIParameters
    >>> class Registers(dict):
    ...     def read(self, offset):
    ...         return self.get(offset, 0)
    ...     def write(self, offset, value):
    ...         self[offset] = value
    >>> registers = Registers()
    >>> constants = {"ID.magic": r.ID.MAGIC_VALUE, "VERSION.major": r.VERSION.MAJOR_VALUE}
    >>> constants |= AXIParameters.of(load("paper-roberta")).constants
    >>> for name, value in constants.items():
    ...     register, field = name.split(".")
    ...     register = getattr(r, register)
    ...     place = getattr(register, field.upper())
    ...     word = value << place.low & place.mask
    ...     registers.write(register.OFFSET, registers.read(register.OFFSET) | word)
    >>> device = PerturbationDevice(registers)
    >>> device.configuration.shape.lanes, device.configuration.beats_for((784, 128))
    (31, 3238)
    """

    def __init__(
        self, mmio: MMIO, *, built_in: BuiltIn | None = None, timeout: float = 1.0
    ) -> None:
        super().__init__(mmio, timeout=timeout)
        built_in = built_in or BuiltIn()
        check_shape(self.configuration.shape, built_in.shape)
        self._gain = built_in.scaling.gain
        self._loads: Loads = family_with(self.configuration.family_code).loads(
            Loader(mmio, self._timeout), self.configuration, built_in.seeds, built_in.scaling
        )

    def restart(self, *, timeout: float | None = None) -> None:
        """Starts again from cycle 0 of the built-in seeds, as a reset does.

        Drops the command or load under way, and returns once it has: a frame on ``m_axis`` ends
        early, but the beat on offer there and one more have to be taken. Numbers of a pool that
        have been loaded stay. Where seeds have been loaded, their table stays too, so that the
        device asks for a load of contents (`Status.load_needed`).

        Raises
        ------
        DeviceTimeoutError
            Where nobody takes the end of the frame. The restart stays asked for.
        """
        deadline = self._deadline(timeout)
        self._loads.restart()
        self._mmio.write(r.CONTROL.OFFSET, r.CONTROL.RESTART.mask)
        self._wait(deadline)

    # Loading -------------------------------------------------------------------------------------

    def load_position(self, position: int, *, timeout: float | None = None) -> None:
        """Makes the next command, new or replay, start where a position says.

        A position counts beats from cycle 0 of the seeds in use, or from row 0; with a pool in
        copies it counts numbers. It may be any integer; each beat is `positions_a_beat` of them.

        Raises
        ------
        ArgumentError, UnsupportedError, LoadError, DeviceTimeoutError
            As `load_phase`.
        """
        self._loads.load_position(any_integer("position", position), timeout)

    @property
    def positions_a_beat(self) -> int:
        """By how much each beat moves a position (see `load_position`)."""
        return self._loads.positions_a_beat

    def load_phase(self, cycle: int, *, timeout: float | None = None) -> None:
        """Makes the next command, new or replay, start at ``cycle`` of the seeds in use.

        With a pool, at row ``cycle`` modulo the rows, or at the number with which that cycle
        begins. ``cycle`` may be any integer.

        Raises
        ------
        ArgumentError
            Where the seeds are not known (see ``built_in``).
        UnsupportedError, LoadError, DeviceTimeoutError
            As every load.
        """
        self._loads.load_phase(any_integer("cycle", cycle), timeout)

    def load_seeds(
        self, seeds: Sequence[int], cycle: int = 0, *, timeout: float | None = None
    ) -> None:
        """New seeds with their scale table; the next command starts at ``cycle`` of them.

        Raises
        ------
        ArgumentError
            For seeds that are zero, too large, too few, too many or not distinct; with fixed-point
            output also where their numbers would need more bits than the device has.
        UnsupportedError, LoadError, DeviceTimeoutError
            As every load.
        """
        self._loads.load_seeds(seeds, any_integer("cycle", cycle), timeout)

    def load_start_number(self, number: int, *, timeout: float | None = None) -> None:
        """Makes the next command, new or replay, start with a number of a pool in copies."""
        self._loads.load_start_number(number, timeout)

    def load_pool(
        self, numbers: ArrayLike, start: int = 0, *, timeout: float | None = None
    ) -> None:
        """Writes all numbers of a pool in copies; the next command starts with one of them.

        Parameters
        ----------
        numbers : array of integers, shape (N,)
            Their mantissas, in the format of the pool that is there.
        start : int
            With which of them, 0 to N - 1.
        timeout : float, optional
            Seconds.
        """
        self._loads.load_pool(numbers, start, timeout)

    def load_start_row(self, row: int, *, timeout: float | None = None) -> None:
        """Makes the next command, new or replay, start at a row of a pool in rows."""
        self._loads.load_start_row(row, timeout)

    def load_rows(self, row: int, numbers: ArrayLike, *, timeout: float | None = None) -> None:
        """Writes new numbers into consecutive rows of a pool in rows.

        Parameters
        ----------
        row : int
            The first row.
        numbers : array of integers, shape (rows, W) or (W,)
            Their mantissas, in the format of the pool that is there.
        timeout : float, optional
            Seconds, for all of them.
        """
        self._loads.load_rows(row, numbers, timeout)

    # What it receives ----------------------------------------------------------------------------

    def decode(self, data: Any) -> Frame:
        """The beats in what a DMA has received, worth what the table in use says (see `decode`)."""
        return decode(self.configuration, data, base=self._loads.base, gain=self._gain)
