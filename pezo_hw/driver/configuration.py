"""What the device says of itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .bus import integer
from .shape import Shape

_MOST_BEATS = (1 << 32) - 1
_MOST_NUMBERS = 1 << 63


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The constants of a device, as its registers give them.

    Attributes
    ----------
    version : tuple of int
        Of the register map: major, minor, patch.
    shape : Shape
        What it generates.
    fixed_point : bool
        Mantissas come shifted by their code, and there is no code.
    load_phase, load_contents, health, reload : bool
        What it was generated with.
    unused : bool
        A perturbation can start with numbers that the last one left over.
    count_bits : int
        Bits of a command's number of beats.
    slot_bytes : int
        Bytes of a number on ``m_axis_tdata``.
    mantissa_bits, frac, code_bits, base : int
        A number's value is mantissa * 2^(base + code - frac) * gain; without a code,
        mantissa * 2^-frac (* gain). ``base`` is that of the built-in table.
    window_words, tracker_bits : int
        Words of a phase, and bits of the tracker in each.
    moduli : tuple of int
        Of the counters that make a row's address, lowest field first; empty where the address is
        the row.
    """

    version: tuple[int, int, int]
    shape: Shape
    fixed_point: bool
    load_phase: bool
    load_contents: bool
    health: bool
    reload: bool
    unused: bool
    count_bits: int
    slot_bytes: int
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
        return self.slots * self.slot_bytes

    @property
    def most_beats(self) -> int:
        """The most that a command can ask for."""
        return min(1 << self.count_bits, _MOST_BEATS)

    @property
    def most_unused(self) -> int:
        """The most numbers of a last beat with which the next perturbation can start."""
        return self.shape.lanes - 1 if self.unused else 0

    @property
    def table_base(self) -> int:
        """The exponent that code 0 of the built-in table stands for."""
        return self.shape.state_frac - self.frac if self.fixed_point else self.base

    @property
    def highest_shift(self) -> int:
        """With fixed-point output: the places that there are for a code to shift a mantissa."""
        return self.mantissa_bits - self.shape.state_frac - 1

    def beats_for(self, size: int | Sequence[int]) -> int:
        """Beats of a tensor: of a number of elements, or of a shape such as ``(784, 128)``.

        Each tensor starts on a fresh beat, and what its last beat has beyond it is dropped, or left
        for the next one (`unused_for`).

        Raises
        ------
        ArgumentError
            For a size that is no positive integer.
        """
        return -(-_elements(size) // self.shape.lanes)

    def unused_for(self, size: int | Sequence[int]) -> int:
        """Numbers of the last of these beats that are left over, for the next perturbation.

        All tensors of a model can be one perturbation then; ``size`` is the number of its weights.
        0 where every perturbation starts on a fresh beat.

        Raises
        ------
        ArgumentError
            For a size that is no positive integer.
        """
        return -_elements(size) % self.shape.lanes if self.unused else 0


def _elements(size: int | Sequence[int]) -> int:
    sizes = size if isinstance(size, Sequence) else [size]
    return math.prod(integer("size", each, 1, _MOST_NUMBERS) for each in sizes)
