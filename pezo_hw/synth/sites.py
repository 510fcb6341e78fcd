"""LUT sites: how many are left when small LUTs share the two outputs of one."""

from __future__ import annotations

from collections.abc import Sequence

from .matching import maximum_matching

MOST_MATCHED = 2048
RUN = 256


def lut_sites(inputs: Sequence[frozenset[int]], shared_inputs: int) -> int:
    """The fewest sites for LUTs with these input wires; an estimate of what a placer does.

    Two LUTs share a site (Xilinx's LUT6_2) where together they read at most ``shared_inputs``
    distinct wires. The pairing is a maximum matching, so no packer can do with fewer; one that
    minds wire lengths may take more. Of more than `MOST_MATCHED` small LUTs, those of a run of
    `RUN` alone are paired with one another, since every one would have too many neighbours.

    Parameters
    ----------
    inputs : sequence of frozenset of int
        The distinct wires that each LUT reads.
    shared_inputs : int
        5 for a 6-input LUT with two outputs; 0 where a site has one output.
    """
    small = [wires for wires in inputs if shared_inputs and len(wires) <= shared_inputs]
    run = len(small) if len(small) <= MOST_MATCHED else RUN
    runs = (small[first : first + run] for first in range(0, len(small), run or 1))
    return len(inputs) - sum(_pairs(part, shared_inputs) for part in runs)


def _pairs(small: Sequence[frozenset[int]], shared_inputs: int) -> int:
    """The most pairs of LUTs that can share a site."""
    neighbours = [
        [j for j, other in enumerate(small) if j != i and len(wires | other) <= shared_inputs]
        for i, wires in enumerate(small)
    ]
    partners = maximum_matching(neighbours)
    return sum(partner is not None for partner in partners) // 2
