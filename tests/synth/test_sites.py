"""LUT sites, counted by hand; matchings against exhaustive search, on graphs that need blossoms."""

from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from pezo_hw.synth.sites import MOST_MATCHED, lut_sites, maximum_matching


def luts(*inputs: str) -> list[frozenset[int]]:
    return [frozenset(map(ord, wires)) for wires in inputs]


def test_two_small_luts_share_a_site():
    assert lut_sites(luts("ab", "cd"), 5) == 1


def test_six_distinct_inputs_are_too_many():
    assert lut_sites(luts("abc", "def"), 5) == 2


def test_common_inputs_count_once():
    assert lut_sites(luts("abcd", "bcde"), 5) == 1


def test_a_six_input_lut_shares_with_nobody():
    assert lut_sites(luts("abcdef", "a"), 5) == 2


def test_pairing_is_not_greedy():
    # "ab" fits with either of the others; only one choice leaves the other two a partner each.
    assert lut_sites(luts("ab", "abc", "abcde", "xyz"), 5) == 2


def test_without_dual_outputs_every_lut_has_a_site():
    assert lut_sites(luts("ab", "cd"), 0) == 2


def test_thirty_two_xors_of_two_take_sixteen_sites():
    wires = [frozenset((2 * i, 2 * i + 1)) for i in range(32)]
    assert lut_sites(wires, 5) == 16


Edges = frozenset[frozenset[int]]
# Greedy pairs (0, 1) and (2, 3) and is stuck; the way on leads around an odd cycle.
FLOWER = frozenset(map(frozenset, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 2), (3, 5)]))


@cache
def largest(edges: Edges) -> int:
    """The size of a largest set of disjoint edges: with one of them, or without it."""
    if not edges:
        return 0
    chosen = next(iter(edges))
    apart = frozenset(edge for edge in edges if not edge & chosen)
    return max(1 + largest(apart), largest(edges - {chosen}))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    size = draw(st.integers(2, 8))
    pairs = [frozenset((i, j)) for i in range(size) for j in range(i)]
    return size, frozenset(draw(st.lists(st.sampled_from(pairs), max_size=14)))


@given(graphs())
@example((6, FLOWER))
def test_it_is_a_matching_and_none_is_larger(graph: tuple[int, Edges]):
    size, edges = graph
    neighbours = [[j for j in range(size) if frozenset((i, j)) in edges] for i in range(size)]
    partner = maximum_matching(neighbours)
    for vertex, other in enumerate(partner):
        if other is not None:
            assert partner[other] == vertex
            assert frozenset((vertex, other)) in edges
    assert sum(other is not None for other in partner) == 2 * largest(edges)


def test_of_very_many_luts_only_neighbours_are_paired():
    """Two thirds of the sites that each on its own would take, as when all are paired."""
    few = [frozenset((3 * i, 3 * i + 1, 3 * i + 2)[: 2 + i % 2]) for i in range(600)]
    many = [frozenset(wire + 10_000 * turn for wire in lut) for turn in range(4) for lut in few]
    assert lut_sites(few, 5) == 300
    assert len(many) > MOST_MATCHED
    assert lut_sites(many, 5) == 4 * 300
