"""What the testbenches of this folder share: the configuration, and its golden numbers.

`PEZO_CONFIG` names the configuration: a preset or a TOML file. A beat is written down as
(mantissas, code), as the golden model has it; where there is no code it is 0.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from cocotb.types import LogicArray

import pezo_hw
from pezo_hw.numbers.beat_layout import BeatLayout

Beat = tuple[list[int], int]
CONFIG = pezo_hw.load(os.environ.get("PEZO_CONFIG", "paper-roberta"))
LAYOUT = BeatLayout.of(CONFIG.parameters)


def golden(start: int, beats: int) -> Iterator[Beat]:
    """The stream from a cycle on, which may be as large as you like."""
    window = CONFIG.stream().window(start, beats)
    return zip(window.mantissa.tolist(), window.code.tolist(), strict=True)


def beat_in(word: LogicArray, slot: int = LAYOUT.lane_bits) -> Beat:
    """The beat in a word: lane 0 lowest, in slots of so many bits, and the code on top."""
    top = LAYOUT.lanes * slot
    code = word[top + LAYOUT.code_bits - 1 : top].to_unsigned() if LAYOUT.code_bits else 0
    return lanes_in(word, slot), code


def lanes_in(word: LogicArray, slot: int = LAYOUT.lane_bits) -> list[int]:
    """The mantissas in a word."""
    lows = range(0, LAYOUT.lanes * slot, slot)
    return [word[low + slot - 1 : low].to_signed() for low in lows]


def require(seen: object, expected: object, where: str) -> None:
    """Fails the test where they differ; an ``assert`` would be left out by ``python -O``."""
    if seen != expected:
        raise ValueError(f"{where} is {seen}, expected {expected}")
