"""Piecewise CLT as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import Facts
from ..leap_kind import LeapKind
from .alias_table import FARTHEST, THRESHOLDS
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
