"""The sum of uniform words as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....numbers.distribution import Distribution, sum_of
from ...facts import Facts
from ..leap_kind import LeapKind
from .model import FORM, WORD_BITS, WORDS

if TYPE_CHECKING:
    from .rtl.lane import CLTLane


class CLTKind(LeapKind):
    """W lanes, each with a random source and a tree of adders of its own."""

    name = "clt"
    form = FORM
    part_name = "clt-lane"

    @staticmethod
    def part() -> CLTLane:
        from .rtl.lane import CLTLane

        return CLTLane()

    def distribution(self) -> Distribution:
        words = [np.full(1 << WORD_BITS, 2.0**-WORD_BITS)] * WORDS
        return Distribution.of_steps(sum_of(words), self.fixed_point.frac)

    def facts(self) -> Facts:
        most = WORDS // 2 * (2**WORD_BITS - 1)
        return Facts(
            described={
                "generator": f"sum of {WORDS} uniform words of {WORD_BITS} bits, "
                "every other one subtracted",
                "LFSRs": self.registers,
                "value": f"mantissa · 2^−frac, from {-most:,} to {most:,}",
            },
            manifest={
                "gaussian": {
                    "generator": self.name,
                    "value": "mantissa * 2^-frac",
                    "words": WORDS,
                    "word_bits": WORD_BITS,
                    "source": self.source_entry,
                }
            },
        )
