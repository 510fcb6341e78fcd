"""LUT sites: how many are left when small LUTs share the two outputs of one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

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


def maximum_matching(neighbours: Sequence[Sequence[int]]) -> list[int | None]:
    """The partner of every vertex in a largest set of disjoint edges, None where it has none.

    Edmonds' blossom algorithm with breadth-first search, started from a greedy matching; cubic in
    the worst case, and near linear where the greedy one leaves little to do.

    Parameters
    ----------
    neighbours : sequence of sequence of int
        The other ends of each vertex's edges; an edge appears at both of its ends.

    References
    ----------
    J. Edmonds, "Paths, trees, and flowers", Canadian Journal of Mathematics 17, 1965.
    """
    partner: list[int | None] = [None] * len(neighbours)
    # Greedy first: most pairs are right already, and each search below costs the whole graph.
    for vertex, others in enumerate(neighbours):
        if partner[vertex] is None:
            free = next((other for other in others if partner[other] is None), None)
            if free is not None:
                partner[vertex], partner[free] = free, vertex
    for vertex in range(len(neighbours)):
        if partner[vertex] is None:
            _Search(neighbours, partner, vertex).augment()
    return partner


class _Search:
    """The tree of alternating paths that grows from one unmatched vertex."""

    def __init__(
        self, neighbours: Sequence[Sequence[int]], partner: list[int | None], root: int
    ) -> None:
        self.neighbours = neighbours
        self.partner = partner
        self.root = root
        self.parent: list[int | None] = [None] * len(neighbours)
        # A blossom (a cycle of odd length) counts as one vertex, its base.
        self.base = list(range(len(neighbours)))
        self.reached = {root}
        self.queue = deque([root])

    def augment(self) -> None:
        """Exchange the edges of a path to another unmatched vertex, where there is one."""
        at = self._free_end()
        while at is not None:
            before = _of_tree(self.parent[at])
            following = self.partner[before]
            self.partner[at], self.partner[before] = before, at
            at = following

    def _free_end(self) -> int | None:
        while self.queue:
            vertex = self.queue.popleft()
            for other in self.neighbours[vertex]:
                if self.base[vertex] == self.base[other] or self.partner[vertex] == other:
                    continue
                mate = self.partner[other]
                # At an even distance from the root, as this one: the edge closes an odd cycle.
                if other == self.root or (mate is not None and self.parent[mate] is not None):
                    self._contract(vertex, other)
                elif self.parent[other] is None:
                    self.parent[other] = vertex
                    if mate is None:  # unmatched at both ends: this path has an edge to gain
                        return other
                    self.reached.add(mate)
                    self.queue.append(mate)
        return None

    def _contract(self, one: int, other: int) -> None:
        """Shrink the odd cycle that the edge closes into its base."""
        base = self._common_base(one, other)
        blossom: set[int] = set()
        self._mark(one, base, other, blossom)
        self._mark(other, base, one, blossom)
        for vertex in range(len(self.base)):
            if self.base[vertex] in blossom:
                self.base[vertex] = base
                if vertex not in self.reached:
                    self.reached.add(vertex)
                    self.queue.append(vertex)

    def _common_base(self, one: int, other: int) -> int:
        """The lowest base that both paths to the root pass."""
        passed = set(self._bases_to_root(one))
        return next(base for base in self._bases_to_root(other) if base in passed)

    def _bases_to_root(self, vertex: int) -> list[int]:
        bases = [self.base[vertex]]
        while (mate := self.partner[bases[-1]]) is not None:
            bases.append(self.base[_of_tree(self.parent[mate])])
        return bases

    def _mark(self, vertex: int, base: int, child: int, blossom: set[int]) -> None:
        """Collect a side of the cycle and let its vertices be reached from the other side too."""
        while self.base[vertex] != base:
            mate = _of_tree(self.partner[vertex])
            blossom |= {self.base[vertex], self.base[mate]}
            self.parent[vertex] = child
            child = mate
            vertex = _of_tree(self.parent[mate])


def _of_tree(vertex: int | None) -> int:
    """A vertex that a path of the tree goes through, and so is there."""
    if vertex is None:
        raise RuntimeError("the tree of alternating paths is broken")
    return vertex
