"""The golden stream as the words that a top module shows."""

from __future__ import annotations

from ..config import Config
from ..golden.beats import Beats
from ..parameters import BeatLayout


def golden_words(config: Config, cycles: int) -> list[int]:
    """Cycles 0, 1, 2, ... of the stream: the mantissas, lane 0 lowest, and the code above them."""
    layout = BeatLayout.of(config.parameters)
    beats = config.parameters.stream().window(0, cycles)
    return [_word(beats, row, layout) for row in range(cycles)]


def _word(beats: Beats, row: int, layout: BeatLayout) -> int:
    mask = (1 << layout.lane_bits) - 1
    word = int(beats.code[row]) if layout.code_bits else 0
    for mantissa in reversed(beats.mantissa[row].tolist()):
        word = word << layout.lane_bits | mantissa & mask
    return word
