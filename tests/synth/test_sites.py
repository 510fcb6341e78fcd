"""LUT sites, counted by hand."""

from pezo_hw.synth.sites import lut_sites


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
