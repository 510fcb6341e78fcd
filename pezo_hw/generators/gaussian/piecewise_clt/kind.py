"""Piecewise CLT as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....numbers.distribution import Distribution, sum_of
from ...facts import Facts
from ..leap_kind import LeapKind
from .alias_table import FARTHEST, THRESHOLDS, place_probabilities
from .model import FORM, MOST, WORD_BITS, WORDS

if TYPE_CHECKING:
    from .rtl.lane import PiecewiseCLTLane


class PiecewiseCLTKind(LeapKind):
    """W lanes, each with a random source, a sum and an alias table of its own."""

    name = "piecewise-clt"
    form = FORM
    part_name = "piecewise-clt-lane"

    @staticmethod
    def part() -> PiecewiseCLTLane:
        from .rtl.lane import PiecewiseCLTLane

        return PiecewiseCLTLane()

    def distribution(self) -> Distribution:
        words = [np.full(1 << WORD_BITS, 2.0**-WORD_BITS)] * WORDS
        positive = np.zeros((FARTHEST << WORD_BITS) + 1)
        positive[:: 1 << WORD_BITS] = place_probabilities()[: FARTHEST + 1] / 2
        # The place 0 has both signs.
        places = np.concatenate([positive[:0:-1], 2 * positive[:1], positive[1:]])
        return Distribution.of_steps(sum_of([*words, places]), self.fixed_point.frac)

    def facts(self) -> Facts:
        return Facts(
            described={
                "generator": f"sum of {WORDS} uniform words of {WORD_BITS} bits, at one of "
                f"{2 * FARTHEST + 1} places that an alias table of {len(THRESHOLDS)} columns draws",
                "LFSRs": self.registers,
                "value": f"mantissa · 2^−frac, from {-MOST:,} to {MOST:,}",
            },
            manifest={
                "gaussian": {
                    "generator": self.name,
                    "value": "mantissa * 2^-frac",
                    "words": WORDS,
                    "word_bits": WORD_BITS,
                    "columns": len(THRESHOLDS),
                    "source": self.source_entry,
                }
            },
        )
