"""Taps: the table against the application note's list typed a second time, and galois; the search
against trying everything the slow way.
"""

import galois
import pytest

from pezo_hw import ConfigError
from pezo_hw.algebra.taps import DEFAULT_TAPS, Leap, search_taps
from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters
from tests.reference import TAPS


def test_the_widths_that_streams_use():
    assert {width: list(DEFAULT_TAPS[width]) for width in TAPS} == TAPS


@pytest.mark.parametrize("width", DEFAULT_TAPS)
def test_every_entry_is_primitive(width: int):
    taps = DEFAULT_TAPS[width]
    assert taps[0] == width
    assert galois.Poly.Degrees([*taps, 0], field=galois.GF(2)).is_primitive()


def test_the_table_reaches_from_3_to_32():
    assert list(DEFAULT_TAPS) == list(range(3, 33))


def primitive_taps(width: int) -> list[tuple[int, ...]]:
    """The taps of every primitive polynomial, by somebody else's tables and tests."""
    polynomials = galois.primitive_polys(2, width)
    return [
        tuple(sorted((int(d) for d in polynomial.nonzero_degrees if d), reverse=True))
        for polynomial in polynomials
    ]


def fan_ins(taps: tuple[int, ...], steps: int) -> tuple[int, ...]:
    """By the matrix that the hardware is made of."""
    lfsr = LFSRParameters(width=taps[0], taps=taps, steps_per_cycle=steps)
    return tuple(row.bit_count() for row in lfsr.cycle_matrix.rows)


@pytest.mark.parametrize(("width", "steps"), [(5, 5), (7, 3), (8, 8), (9, 10)])
@pytest.mark.parametrize("fan_in", [2, 4, 6])
def test_the_search_is_complete_and_nothing_else_is_in_it(width: int, steps: int, fan_in: int):
    wanted = {taps: max(fan_ins(taps, steps)) for taps in primitive_taps(width)}
    bound = max(fan_in, min(wanted.values()))
    found = search_taps(width, steps, fan_in)
    assert {leap.taps for leap in found} == {t for t, widest in wanted.items() if widest <= bound}
    assert [leap.fan_in for leap in found] == sorted(leap.fan_in for leap in found)


@pytest.mark.parametrize(("taps", "steps"), [((8, 6, 5, 3), 8), ((14, 11, 9, 7), 14), ((9, 5), 1)])
def test_fan_ins_are_those_of_the_matrix(taps: tuple[int, ...], steps: int):
    leap = Leap(taps=taps, steps=steps)
    assert leap.fan_ins == fan_ins(taps, steps)
    assert leap.inputs == sum(inputs for inputs in leap.fan_ins if inputs > 1)


def test_the_rows_of_the_table_use_the_best_taps_there_are():
    assert search_taps(8, 8, 6)[0].taps == (8, 6, 5, 3)
    assert search_taps(14, 14, 6)[0].taps == (14, 11, 9, 7)


@pytest.mark.parametrize(
    ("width", "steps", "fan_in", "key"),
    [
        (2, 1, 6, "width"),
        (19, 1, 6, "width"),
        (8, 3, 6, "steps"),
        (8, 0, 6, "steps"),
        (8, 1, 1, "fan_in"),
    ],
)
def test_values_out_of_range_are_named(width: int, steps: int, fan_in: int, key: str):
    with pytest.raises(ConfigError) as error:
        search_taps(width, steps, fan_in)
    assert error.value.key == key
