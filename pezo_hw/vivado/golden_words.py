"""The golden stream as the words that a top module shows."""

from __future__ import annotations

from ..config import Config
from ..numbers.beat_layout import BeatLayout
from ..numbers.bit_rows import integers_of_rows, rows_of_beats


def golden_words(config: Config, cycles: int, slot_bits: int | None = None) -> list[int]:
    """Cycles 0, 1, 2, ... of the stream: the mantissas, lane 0 lowest, and the code above them.

    Each number takes as many bits as it has, or ``slot_bits``, sign-extended.
    """
    layout = BeatLayout.of(config.parameters)
    beats = config.stream().window(0, cycles)
    slot = slot_bits or layout.lane_bits
    code_bits = layout.code_bits and (slot_bits or layout.code_bits)
    rows = rows_of_beats(beats.mantissa, beats.code, lane_bits=slot, code_bits=code_bits)
    return integers_of_rows(rows)
