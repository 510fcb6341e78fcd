"""The golden CRCs against zlib over an independent reading of the stream."""

from __future__ import annotations

import zlib
from itertools import islice
from typing import Any

import pytest

from pezo_hw.boards.golden import golden_crcs
from pezo_hw.generators.generator import Generator
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from tests.making import generator_of
from tests.reference import OnTheFly, PreGenerated

# Keys, scaling keys, bits of a lane, bits of the code, joint orbit.
Case = tuple[dict[str, Any], dict[str, Any], int, int, int]
CASES: dict[str, Case] = {
    "two-words": ({"rngs": 7, "width": 5}, {}, 5, 2, 7 * 31),
    "shared-factor": ({"rngs": 3, "width": 4}, {}, 4, 2, 15),
    "midrise": ({"rngs": 5, "width": 7, "format": "midrise"}, {}, 8, 2, 5 * 127),
    "three-code-bits": ({"rngs": 2, "width": 6}, {"code_bits": 3}, 6, 3, 126),
    "pool": ({"pool": 36, "width": 9, "lanes": 4, "seed": 5}, {}, 9, 0, 9),
    "whole-words": ({"pool": 24, "width": 8, "lanes": 8}, {}, 8, 0, 3),
    "one-row": ({"pool": 5, "width": 3, "lanes": 5}, {}, 3, 0, 1),
}


def case_generator(case: Case) -> Generator:
    keys, scaling, *_ = case
    if "pool" in keys:
        return generator_of(PreGeneratedParameters(**keys))
    return generator_of(OnTheFlyParameters(**keys, scaling=ScalingParameters(**scaling)))


def by_hand(case: Case) -> tuple[int, ...]:
    """One Python integer a beat, cut into words, zlib over each word's own bytes."""
    keys, scaling, lane_bits, code_bits, orbit = case
    cycles = (
        PreGenerated(**keys).cycles() if "pool" in keys else OnTheFly(**keys, **scaling).cycles()
    )
    words: list[bytes] = []
    for code, mantissas in islice(cycles, orbit):
        beat = code << lane_bits * len(mantissas)
        beat |= sum((m % (1 << lane_bits)) << lane_bits * j for j, m in enumerate(mantissas))
        count = -(-(lane_bits * len(mantissas) + code_bits) // 32)
        words = words or [b""] * count
        words = [
            seen + (beat >> 32 * k & 0xFFFFFFFF).to_bytes(4, "little")
            for k, seen in enumerate(words)
        ]
    return tuple(map(zlib.crc32, words))


@pytest.mark.parametrize("name", CASES)
def test_against_the_independent_reading(name: str):
    assert golden_crcs(case_generator(CASES[name])) == by_hand(CASES[name])


def test_windows_do_not_matter_and_every_cycle_is_told(monkeypatch):
    case = CASES["midrise"]
    monkeypatch.setattr("pezo_hw.boards.golden._BITS_AT_ONCE", 42 * 100)
    told: list[int] = []
    assert golden_crcs(case_generator(case), told.append) == by_hand(case)
    assert sum(told) == 635
    assert len(told) == 7
