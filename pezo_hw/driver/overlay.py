"""A generator and its DMA in an overlay, as one object: for PYNQ, which this module alone needs.

``import pezo_driver.overlay`` before an overlay is read: PYNQ then makes a `PerturbationHierarchy`
of each hierarchy that has one generator and one DMA that receives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pynq
from numpy.typing import NDArray

from .built_in import BuiltIn
from .command_sequence import Command, CommandSequence
from .configuration import elements_of
from .deadline import Deadline
from .device import PerturbationDevice
from .errors import ArgumentError, DriverError, UnsupportedError
from .frame import Frame
from .status import Interrupt

Shapes = Sequence[int | Sequence[int]]
_GENERATOR = "pezo_hw:perturbation:"
_DMA = "xilinx.com:ip:axi_dma:"
_DMA_CONTROL, _DMA_RESET = 0x30, 4  # S2MM_DMACR


class PerturbationHierarchy(pynq.DefaultHierarchy):
    """A hierarchy of a block design with a generator and the AXI DMA that receives its frames.

    Perturbations of models of any size come as float32 tensors. One that is longer than the DMA's
    length register says, as the overlay's description has it, comes in several commands, which
    `replay` gives again as a whole; that needs a generator with ``load = "phase"`` or
    ``"contents"``.

    The manifest, where it lies beside the bitstream as ``TOP.json``, is read by itself; another
    place is for `use`.

    Parameters
    ----------
    description : dict
        PYNQ's, of the hierarchy.

    Attributes
    ----------
    perturbations : PerturbationDevice
        The generator.
    generator, dma : object
        What PYNQ makes of both IPs.
    """

    def __init__(self, description: dict[str, Any]) -> None:
        super().__init__(description)
        (generator,), (dma,) = _parts(description)
        self.generator, self.dma = getattr(self, generator), getattr(self, dma)
        self._has_interrupt = "s2mm_introut" in description["ip"][dma]["interrupts"]
        self._has_descriptors = _has(description["ip"][dma], "c_include_sg")
        top = description["ip"][generator]["type"].split(":")[2]
        beside = Path(getattr(description["overlay"], "bitfile_name", "")).with_name(f"{top}.json")
        built_in = BuiltIn.from_manifest(beside) if beside.is_file() else None
        self.perturbations = PerturbationDevice(self.generator.mmio, built_in=built_in)
        self._sequence: CommandSequence | None = None
        self._shapes: Shapes = ()
        self._buffer: Any = None
        self._has_begun = False

    @property
    def position(self) -> int:
        """Where the next new perturbation starts, for a checkpoint; 0 before the first."""
        return 0 if self._sequence is None else self._sequence.position

    @staticmethod
    def checkhierarchy(description: dict[str, Any]) -> bool:
        """Whether a hierarchy is one: it has one generator, and one DMA that receives."""
        generators, dmas = _parts(description)
        return len(generators) == 1 and len(dmas) == 1

    def use(self, manifest: str | Path, *, timeout: float = 1.0) -> None:
        """Takes what the registers do not tell from a manifest; what was asked for is forgotten.

        Raises
        ------
        ArgumentError, NotFoundError
            Where the file is none, or of another generator.
        """
        built_in = BuiltIn.from_manifest(manifest)
        self.perturbations = PerturbationDevice(
            self.generator.mmio, built_in=built_in, timeout=timeout
        )
        self._sequence = None

    def sequence(self, shapes: Shapes, position: int | None = None) -> CommandSequence:
        """The commands for perturbations of a model, each as long as the DMA receives.

        Parameters
        ----------
        shapes : sequence of shapes
            Of the model's tensors.
        position : int, optional
            Where the first one starts (`PerturbationDevice.load_position`).

        Raises
        ------
        ArgumentError, UnsupportedError
            As `CommandSequence`.
        """
        beats, unused = self._size_of(shapes)
        most = self.dma.buffer_max_size // self.perturbations.configuration.beat_bytes
        return CommandSequence(
            self.perturbations, beats, unused=unused, most_beats=most, position=position
        )

    def new(self, shapes: Shapes, position: int | None = None) -> list[NDArray[np.float32]]:
        """The next perturbation of a model, a float32 array for each tensor.

        It starts at the position, without one where the last perturbation ended, whatever the
        shapes of that were.

        Raises
        ------
        ArgumentError, UnsupportedError
            As `CommandSequence`.
        DriverError
            As `PerturbationDevice.new` and, for a start, `PerturbationDevice.load_position`.
        """
        with self._unless_refused():
            return self._tensors(map(self._receive, self._next(shapes, position)))

    def replay(self) -> list[NDArray[np.float32]]:
        """The last perturbation once more, bit for bit.

        Raises
        ------
        ArgumentError
            Before any `new`.
        DriverError
            As `new`.
        """
        return self._tensors(map(self._receive, self._last()))

    async def new_async(
        self, shapes: Shapes, position: int | None = None
    ) -> list[NDArray[np.float32]]:
        """As `new`, while other coroutines run: it waits for the DMA's interrupt."""
        with self._unless_refused():
            commands = self._next(shapes, position)
            return self._tensors([await self._receive_async(command) for command in commands])

    async def replay_async(self) -> list[NDArray[np.float32]]:
        """As `replay`, while other coroutines run."""
        return self._tensors([await self._receive_async(command) for command in self._last()])

    async def wait_async(self) -> None:
        """Until the command under way is over, by the generator's interrupt.

        For beats that stay in the FPGA, after ``perturbations.new`` or ``replay``.
        """
        self.perturbations.enable_interrupts(Interrupt.DONE)
        await self.generator.irq.wait()
        self.perturbations.wait_for(Interrupt.DONE)

    def _next(self, shapes: Shapes, position: int | None) -> Iterator[Command]:
        if self._sequence is None:
            sequence = self.sequence(shapes, position)
        else:
            beats, unused = self._size_of(shapes)
            sequence = self._sequence.resized(beats, unused=unused)
            if position is not None:
                sequence.position = position
        if self._buffer is None or len(self._buffer) < sequence.largest:
            self._buffer = pynq.allocate(shape=(sequence.largest,), dtype=np.uint8)
        self._sequence, self._shapes = sequence, list(shapes)
        return sequence.new()

    @contextmanager
    def _unless_refused(self) -> Iterator[None]:
        """A perturbation of which no command was taken is not the last one."""
        before = self._sequence, self._shapes
        self._has_begun = False
        try:
            yield
        except DriverError:
            if not self._has_begun:
                self._sequence, self._shapes = before
            raise

    def _size_of(self, shapes: Shapes) -> tuple[int, int]:
        """Beats of a model, and the numbers of the last one that begin the next perturbation."""
        configuration = self.perturbations.configuration
        if not configuration.unused:
            return sum(map(configuration.beats_for, shapes)), 0
        numbers = sum(map(elements_of, shapes))
        return configuration.beats_for(numbers), configuration.unused_for(numbers)

    def _last(self) -> Iterator[Command]:
        if self._sequence is None:
            raise ArgumentError("replay is not allowed; allowed: after new")
        return self._sequence.replay()

    def _receive(self, command: Command) -> Frame:
        self._transfer(command)
        self.dma.recvchannel.wait()
        return self._frame(command)

    async def _receive_async(self, command: Command) -> Frame:
        if not self._has_interrupt:
            raise UnsupportedError(
                "the DMA's s2mm_introut is not connected; allowed: new or replay"
            )
        self._transfer(command)
        await self.dma.recvchannel.wait_async()
        return self._frame(command)

    def _transfer(self, command: Command) -> None:
        """Whoever receives is ready before the command is given, and no longer where it is not."""
        self.dma.recvchannel.transfer(self._buffer, nbytes=command.size)
        try:
            command.give()
        except DriverError:
            self._reset_dma()
            raise
        self._has_begun = True

    def _reset_dma(self) -> None:
        """Ends a transfer that nothing comes for; no other would be taken. It ends both ways'."""
        self.dma.write(_DMA_CONTROL, _DMA_RESET)
        Deadline(1.0).poll(
            lambda: not self.dma.read(_DMA_CONTROL) & _DMA_RESET or None, "the DMA's reset"
        )
        for channel in ("recvchannel", "sendchannel"):
            found = getattr(self.dma, channel, None)
            if found is not None and not self._has_descriptors:
                found.start()

    def _frame(self, command: Command) -> Frame:
        return self.perturbations.decode(np.array(self._buffer[: command.size]))

    def _tensors(self, frames: Iterable[Frame]) -> list[NDArray[np.float32]]:
        frame = Frame.joined(list(frames))
        if not self.perturbations.configuration.unused:
            return frame.tensors(self._shapes)
        sizes = [elements_of(shape) for shape in self._shapes]
        ends = np.cumsum(sizes)
        parts = np.split(frame.elements(int(ends[-1])), ends[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, self._shapes, strict=True)]


def _parts(description: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The names of the generators, and of the DMAs that receive, among a hierarchy's IPs."""
    kinds = {name: str(details.get("type")) for name, details in description["ip"].items()}
    generators = [name for name, kind in kinds.items() if kind.startswith(_GENERATOR)]
    dmas = [
        name
        for name, kind in kinds.items()
        if kind.startswith(_DMA) and _has(description["ip"][name], "c_include_s2mm")
    ]
    return generators, dmas


def _has(dma: dict[str, Any], what: str) -> bool:
    """An exception here would keep PYNQ from reading the overlay at all."""
    return str(dma.get("parameters", {}).get(what, "0")).strip() not in ("0", "false")
