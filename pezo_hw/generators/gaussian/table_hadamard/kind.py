"""Table-Hadamard as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....numbers.distribution import Distribution, sum_of
from ...facts import Facts
from ..leap_kind import LeapKind
from .model import FORM
from .table import MAGNITUDES, ODD_SAMPLES, SIZE, TABLE_FRAC, WORD_BITS

if TYPE_CHECKING:
    from .rtl.group import HadamardGroup


class TableHadamardKind(LeapKind):
    """W lanes in groups of 16, each with a random source and a transform of its own."""

    name = "table-hadamard"
    form = FORM
    part_name = "hadamard-group"

    @staticmethod
    def part() -> HadamardGroup:
        from .rtl.group import HadamardGroup

        return HadamardGroup()

    def distribution(self) -> Distribution:
        """Every output is a sum of all samples, whatever their signs."""
        most = int(ODD_SAMPLES.max())
        single = np.bincount(ODD_SAMPLES.astype(np.int64) + most) / len(ODD_SAMPLES)
        # In halves of a mantissa; their sums are even.
        return Distribution.of_steps(sum_of([single] * SIZE)[::2], self.fixed_point.frac)

    def facts(self) -> Facts:
        table = f"{2 * len(MAGNITUDES)} symmetric entries of {TABLE_FRAC} fraction bits"
        return Facts(
            described={
                "generator": f"{SIZE} samples of a table, mixed by a Walsh-Hadamard transform",
                "table": f"{table}, addressed by {WORD_BITS} random bits",
                "LFSRs": self.registers,
                "value": "mantissa · 2^−frac",
            },
            manifest={
                "gaussian": {
                    "generator": self.name,
                    "value": "mantissa * 2^-frac",
                    "transform": SIZE,
                    "source": self.source_entry,
                }
            },
        )
