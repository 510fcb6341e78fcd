"""Box-Muller as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....numbers.distribution import Distribution
from ...facts import Facts
from ..leap_kind import LeapKind
from .distribution import distribution_of_a_number
from .model import ANGLE_BITS, FORM, RADIUS_BITS
from .tables import COSINE_SEGMENTS, LOG_SEGMENTS, ROOT_FIRST, ROOT_SEGMENTS

if TYPE_CHECKING:
    from .rtl.pair import BoxMullerPair


class BoxMullerKind(LeapKind):
    """W lanes in pairs, each with a random source and a transform of its own."""

    name = "box-muller"
    form = FORM
    part_name = "box-muller-pair"

    @staticmethod
    def part() -> BoxMullerPair:
        from .rtl.pair import BoxMullerPair

        return BoxMullerPair()

    def distribution(self) -> Distribution:
        """Over a lattice of the states, to within 10^-5."""
        return distribution_of_a_number()

    def facts(self) -> Facts:
        segments = (LOG_SEGMENTS, ROOT_SEGMENTS - ROOT_FIRST, COSINE_SEGMENTS)
        parts = zip(("logarithm", "root", "cosine"), segments, strict=True)
        return Facts(
            described={
                "generator": f"radius of {RADIUS_BITS} bits, angle of {ANGLE_BITS} and two signs",
                "segments": ", ".join(f"{count} of the {part}" for part, count in parts),
                "LFSRs": self.registers,
                "value": "mantissa · 2^−frac",
            },
            manifest={
                "gaussian": {
                    "generator": self.name,
                    "value": "mantissa * 2^-frac",
                    "segments": [*segments],
                    "source": self.source_entry,
                }
            },
        )
