"""The golden stream as the words that a top module shows."""

from __future__ import annotations

from ..config import Config
from ..golden.beats import Beats
from ..parameters import BeatLayout


def golden_words(config: Config, cycles: int, slot_bits: int | None = None) -> list[int]:
    """Cycles 0, 1, 2, ... of the stream: the mantissas, lane 0 lowest, and the code above them.

    Each number takes as many bits as it has, or ``slot_bits``, sign-extended.
    """
    layout = BeatLayout.of(config.parameters)
    lane_bits = layout.lane_bits if slot_bits is None else slot_bits
    beats = config.parameters.stream().window(0, cycles)
    return [_word(beats, row, lane_bits) for row in range(cycles)]


def _word(beats: Beats, row: int, lane_bits: int) -> int:
    """A code that the pins do not show is 0 in the arrays."""
    word = int(beats.code[row])
    for mantissa in reversed(beats.mantissa[row].tolist()):
        word = word << lane_bits | mantissa & (1 << lane_bits) - 1
    return word
