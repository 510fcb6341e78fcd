"""The tree as the rest of the family knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....bench.bench import Bench
from ....numbers.distribution import Distribution
from ....numbers.number_format import NumberFormat
from ...facts import Facts
from ...inventory import Inventory
from ..kind import Kind
from ..xnor_lfsr import start_states
from .benches.tree_lanes import TreeLanesBench
from .benches.xnor_bank import XNORBankBench
from .levels import SIGN_THRESHOLD, SIGN_WIDTH, WIDTHS, magnitude_probabilities
from .model import FIXED_POINT, LATENCY, ORBIT, TreeStream
from .numbers import TreeNumbers

if TYPE_CHECKING:
    from .rtl.core import TreeCore

# As long as the golden model takes for as many numbers, the tables take to be made.
_TABLE_COST = 200_000


# Of a lane, mapped for xcup by Yosys 0.70 among 64 others or more; fewer are mapped otherwise. From
# eight slices of 64 on one is mapped for all of them, apart from the registers around it.
_LUTS, _SITES = 121.4, 85.3
_LUTS_APART, _SITES_APART = 127.73, 90.59
_FEWEST_LANES, _FEWEST_APART = 64, 512


class TreeKind(Kind):
    """W lanes of TreeGRNG's 8-bit example, each with start states of its own."""

    name = "tree"
    fixed_point = FIXED_POINT
    latency = LATENCY
    joint_orbit = ORBIT
    table_cost = _TABLE_COST

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The states of each lane's registers at cycle 0, that of bit 7 first, shape (W, 8)."""
        return start_states(self.seed, self.lanes, WIDTHS)

    @property
    def buses(self) -> Mapping[int, int]:
        return {max(WIDTHS): self.lanes}

    def stream(self) -> TreeStream:
        return TreeStream(self.starts)

    def distribution(self) -> Distribution:
        """All eight registers are taken as independent, as they are from one seed to another."""
        negative = magnitude_probabilities()
        is_negative = SIGN_THRESHOLD / ((1 << SIGN_WIDTH) - 1)
        halves = [is_negative * negative, (1 - is_negative) * negative[::-1]]
        probabilities = np.zeros(4 * len(negative) - 1)
        probabilities[::2] = np.concatenate(halves)
        return Distribution.of_steps(probabilities, self.fixed_point.frac)

    def number_table(self, form: NumberFormat) -> TreeNumbers:
        return TreeNumbers(self.stream(), form)

    def create(self) -> TreeCore:
        from .rtl.core import TreeCore

        return TreeCore(self.starts.tolist())

    def benches(self) -> dict[str, Callable[[], Bench]]:
        return {
            XNORBankBench.name: partial(XNORBankBench, self.starts),
            TreeLanesBench.name: TreeLanesBench,
        }

    def facts(self) -> Facts:
        widths = ", ".join(map(str, WIDTHS))
        value = "mantissa * 2^-frac"
        return Facts(
            described={
                "generator": "TreeGRNG's example of 8 bits, half a tree and a sign",
                "LFSRs": f"{len(WIDTHS)} a lane, of {widths} bits for bit 7 … bit 0, XNOR feedback",
                "value": "mantissa · 2^−frac, an odd mantissa from −255 to 255",
                "state": f"{self.lanes * sum(WIDTHS):,} flip-flops, {sum(WIDTHS)} a lane",
            },
            manifest={
                "gaussian": {"generator": "tree", "value": value, "register_widths": [*WIDTHS]}
            },
        )

    def inventory(self) -> Inventory | None:
        if self.lanes < _FEWEST_LANES:
            return None
        is_apart = self.lanes >= _FEWEST_APART
        luts, sites = (_LUTS_APART, _SITES_APART) if is_apart else (_LUTS, _SITES)
        return Inventory(
            registers=self.lanes * sum(WIDTHS) + self.latency,
            mapped_luts=self.lanes * luts,
            mapped_sites=self.lanes * sites,
        )
