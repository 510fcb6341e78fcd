"""The table of taps, against the application note's list typed a second time, and galois."""

import galois
import pytest

from pezo_hw.algebra.taps import DEFAULT_TAPS
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
