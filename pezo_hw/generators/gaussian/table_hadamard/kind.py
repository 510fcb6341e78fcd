"""Table-Hadamard as the rest of the family knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ....bench.bench import Bench
from ....numbers.number_format import NumberFormat
from ...facts import Facts
from ...inventory import Inventory
from ..kind import Kind
from ..leap_lfsr import wide_start_states
from ..mantissa_numbers import MantissaNumbers
from .benches.hadamard_group import HadamardGroupBench
from .benches.leap_bank import LeapBankBench
from .model import FIXED_POINT, LATENCY, TableHadamardStream
from .table import MAGNITUDES, SIZE, SOURCE, TABLE_FRAC, WORD_BITS

if TYPE_CHECKING:
    from .rtl.core import TableHadamardCore


# Of a group, mapped for xcup by Yosys 0.70 among four or more; one alone shares other sites.
_LUTS, _SITES, _REGISTERS = 890, 522, 927
_FEWEST_GROUPS = 4


class TableHadamardKind(Kind):
    """W lanes in groups of 16, each with a random source and a transform of its own."""

    name = "table-hadamard"
    fixed_point = FIXED_POINT
    latency = LATENCY
    joint_orbit = SOURCE.period
    # A table of what each mantissa is worth.
    table_cost = 1 << FIXED_POINT.bits

    @cached_property
    def starts(self) -> list[int]:
        """The state of each group's register at cycle 0."""
        return wide_start_states(self.seed, -(-self.lanes // SIZE), SOURCE.width)

    @property
    def buses(self) -> Mapping[int, int]:
        """A group's register is narrower than its mantissas."""
        return {}

    def stream(self) -> TableHadamardStream:
        return TableHadamardStream(self.starts, self.lanes)

    def number_table(self, form: NumberFormat) -> MantissaNumbers:
        return MantissaNumbers(self.stream(), form)

    def create(self) -> TableHadamardCore:
        from .rtl.core import TableHadamardCore

        return TableHadamardCore(self.starts, self.lanes)

    def benches(self) -> dict[str, Callable[[], Bench]]:
        return {
            LeapBankBench.name: partial(LeapBankBench, self.starts),
            HadamardGroupBench.name: HadamardGroupBench,
        }

    def facts(self) -> Facts:
        table = f"{2 * len(MAGNITUDES)} symmetric entries of {TABLE_FRAC} fraction bits"
        return Facts(
            described={
                "generator": f"{SIZE} samples of a table, mixed by a Walsh-Hadamard transform",
                "table": f"{table}, addressed by {WORD_BITS} random bits",
                "LFSRs": f"{len(self.starts)}, one for {SIZE} lanes, of {SOURCE.width} bits, "
                f"{SOURCE.leap} steps a cycle, taps {SOURCE.width} and {SOURCE.tap}, XNOR feedback",
                "value": "mantissa · 2^−frac",
            },
            manifest={
                "gaussian": {
                    "generator": "table-hadamard",
                    "value": "mantissa * 2^-frac",
                    "transform": SIZE,
                    "source": {"width": SOURCE.width, "tap": SOURCE.tap, "leap": SOURCE.leap},
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
