"""What the device says of itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .bus import integer
from .shape import Shape

Shape_co = TypeVar("Shape_co", bound=Shape, covariant=True)

_MOST_BEATS = (1 << 32) - 1
_MOST_NUMBERS = 1 << 63
_WIDEST_LENGTH = 64  # bits of a count of bytes


@dataclass(frozen=True, kw_only=True)
class Configuration(Generic[Shape_co]):
    """The constants of a device, as its registers give them.

    Attributes
    ----------
    version : tuple of int
        Of the register map: major, minor, patch.
    family_code : int
        Of which family of generators it is, as the registers say it.
    shape : Shape
        What it generates; which numbers say that depends on the family.
    fixed_point : bool
        Mantissas come shifted by their code, and there is no code.
    constant : bool
        One exponent for all cycles, ``base``: there is no code, and no table to load.
    load_phase, load_contents, health, reload : bool
        What it was generated with.
    unused : bool
        A perturbation can start with numbers that the last one left over.
    count_bits : int
        Bits of a command's number of beats.
    slot_bytes : int
        Bytes of a number on ``m_axis_tdata``.
    padded : bool
        Zeros above the numbers fill a beat up to a power of two of bytes.
    mantissa_bits, frac, code_bits, base : int
        A number's value is mantissa * 2^(base + code - frac) * gain; with fixed-point output,
        mantissa * 2^-frac * gain, and with a pool mantissa * 2^-frac. ``base`` is that of the
        built-in table, or the exponent of all cycles.
    window_words, tracker_bits : int
        Words of a phase, and bits of the tracker, if there is one, in each.
    moduli : tuple of int
        Of the counters that make a row's address, lowest field first; empty where the address is
        the row.
    """

    version: tuple[int, int, int]
    family_code: int
    shape: Shape_co
    fixed_point: bool
    constant: bool
    load_phase: bool
    load_contents: bool
    health: bool
    reload: bool
    unused: bool
    count_bits: int
    slot_bytes: int
    padded: bool
    mantissa_bits: int
    frac: int
    code_bits: int
    base: int
    window_words: int
    tracker_bits: int
    moduli: tuple[int, ...]

    @property
    def slots(self) -> int:
        """Numbers of ``slot_bytes`` each in a beat: the lanes, and the code where there is one."""
        return self.shape.lanes + (self.code_bits > 0)

    @property
    def beat_bytes(self) -> int:
        """Bytes of a beat on ``m_axis_tdata``."""
        filled = self.slots * self.slot_bytes
        return 1 << (filled - 1).bit_length() if self.padded else filled

    @property
    def most_beats(self) -> int:
        """The most that a command can ask for."""
        return min(1 << self.count_bits, _MOST_BEATS)

    def fits_dma(self, beats: int, length_bits: int = 26) -> bool:
        """Whether so many beats are one transfer of an AXI DMA.

        ``length_bits`` is the width of its length register, ``c_sg_length_width``: 26 is the most
        that there can be, 14 what there is if nobody asks for more. A transfer that is shorter than
        the frame leaves the DMA in a state that AMD does not define.
        """
        return beats <= self.most_beats_of_dma(length_bits)

    def most_beats_of_dma(self, length_bits: int = 26) -> int:
        """The most beats of one transfer of an AXI DMA (see `fits_dma`); 0 where none has room."""
        bits = integer("length_bits", length_bits, 0, _WIDEST_LENGTH)
        return ((1 << bits) - 1) // self.beat_bytes

    @property
    def most_unused(self) -> int:
        """The most numbers of a last beat with which the next perturbation can start."""
        return self.shape.lanes - 1 if self.unused else 0

    def beats_for(self, size: int | Sequence[int]) -> int:
        """Beats of a tensor: of a number of elements, or of a shape such as ``(784, 128)``.

        Each tensor starts on a fresh beat, and what its last beat has beyond it is dropped, or left
        for the next one (`unused_for`).

        Raises
        ------
        ArgumentError
            For a size that is no positive integer.
        """
        return -(-elements_of(size) // self.shape.lanes)

    def unused_for(self, size: int | Sequence[int]) -> int:
        """Numbers of the last of these beats that are left over, for the next perturbation.

        All tensors of a model can be one perturbation then; ``size`` is the number of its weights.
        0 where every perturbation starts on a fresh beat.

        Raises
        ------
        ArgumentError
            For a size that is no positive integer.
        """
        return -elements_of(size) % self.shape.lanes if self.unused else 0


def elements_of(size: int | Sequence[int]) -> int:
    """How many elements a size is, or a shape; raises ArgumentError for none that is positive."""
    sizes = size if isinstance(size, Sequence) else [size]
    return math.prod(integer("size", each, 1, _MOST_NUMBERS) for each in sizes)
