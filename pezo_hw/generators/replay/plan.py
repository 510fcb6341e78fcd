"""What a system that goes back to a perturbation's start is made from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...numbers.stream import Stream
from .load_model import LoadModel
from .load_stimulus import LoadStimulus
from .options import SystemOptions

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class ReplayPlan(ABC):
    """A generator's part of the systems on command: numbers, hardware, model, stimulus.

    The core has the members ``take``, ``mark``, ``rewind`` and, where it needs to be told of the
    end of a command, ``closing``, or ``last`` with or without ``unused`` (in); ``valid`` and the
    fields of a beat (out); ``fault`` where health is checked. The loader has ``load`` (a
    `LoadSignature`), ``idle`` (in), ``hold`` and ``rewind`` (out), and ``connect_to(m, core)``,
    which lets it act on the core in the module that holds both.

    Attributes
    ----------
    options : SystemOptions
        What the system has beyond commands.
    """

    options: SystemOptions

    @property
    @abstractmethod
    def lead(self) -> int:
        """Clock cycles from a reset, or from a command to replay, to the first beat's own."""

    @property
    @abstractmethod
    def low_bits(self) -> int:
        """The beats at the end of a command that are told apart, as a power of two."""

    @property
    def most_unused(self) -> int:
        """The most numbers of a command's last beat with which the next perturbation may start."""
        return 0

    @property
    def jump(self) -> int | None:
        """Positions from where a perturbation starts to where the next one does, if always so many.

        None: the next one starts where the last command ended.
        """
        return None

    @property
    def beat_stride(self) -> int:
        """By how many positions a beat moves on; a position is what `beats` starts from."""
        return 1

    def beats(
        self, stream: Stream, position: int, count: int
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The mantissas (count, W) and codes (count,) of beats from a position of a stream on."""
        window = stream.window(position, count)
        return window.mantissa, window.code

    def perturbations(self, lengths: Iterable[int]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The beats, as `beats` has them, of one NEW after another since a reset.

        Each asks for so many beats, of which none are left over; there must be one at least.
        """
        stream, start, parts = self.stream(), 0, []
        for length in lengths:
            parts.append(self.beats(stream, start, length))
            start += length * self.beat_stride if self.jump is None else self.jump
        mantissas, codes = zip(*parts, strict=True)
        return np.concatenate(mantissas), np.concatenate(codes)

    @property
    @abstractmethod
    def staged_words(self) -> int:
        """Words of a load that are checked as a whole: all of a phase, the first of contents."""

    @property
    @abstractmethod
    def stored_words(self) -> int:
        """Words of a load of contents that follow."""

    @abstractmethod
    def create_core(self) -> Component:
        """The core that can go back."""

    @abstractmethod
    def create_loader(self) -> Component:
        """What loads it; only where the options have it."""

    @abstractmethod
    def stream(self) -> Stream:
        """The stream that is built in."""

    @abstractmethod
    def load_model(self) -> LoadModel:
        """What a load does, clock cycle by clock cycle, at power-up."""

    @abstractmethod
    def load_stimulus(self, model: LoadModel) -> LoadStimulus:
        """Loads at random, good ones and bad ones, for the hardware that ``model`` follows."""

    @abstractmethod
    def register_fields(self) -> dict[str, int]:
        """The generator's own constants among the registers, as ``REGISTER.field``.

        Raises
        ------
        ConfigError
            Where one does not fit its field.
        """
