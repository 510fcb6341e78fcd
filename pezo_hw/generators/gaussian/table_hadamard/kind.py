"""Table-Hadamard as the rest of the family knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ....numbers.distribution import Distribution, sum_of
from ...facts import Facts
from ...inventory import Inventory
from ..leap_kind import LeapKind
from .model import FORM
from .table import MAGNITUDES, ODD_SAMPLES, SIZE, TABLE_FRAC, WORD_BITS

if TYPE_CHECKING:
    from .rtl.group import HadamardGroup


# Of a group, mapped for xcup by Yosys 0.70 among four or more; one alone shares other sites.
_LUTS, _SITES, _REGISTERS = 890, 522, 927
_FEWEST_GROUPS = 4


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

    def inventory(self) -> Inventory | None:
        """None where the last group is not whole: what Yosys takes away of it, it says itself."""
        groups, left = divmod(self.lanes, SIZE)
        if left or groups < _FEWEST_GROUPS:
            return None
        return Inventory(
            registers=groups * _REGISTERS + self.latency,
            mapped_luts=groups * _LUTS,
            mapped_sites=groups * _SITES,
        )
