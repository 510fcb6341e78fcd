"""The rows that are measured."""

import pytest

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.synth.rows import OWN_ROWS, PAPER_ROWS, Row

ALL = [*PAPER_ROWS, *OWN_ROWS]


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_a_row_loads_and_says_what_it_is_in_one_line(row: Row):
    assert row.config.name == row.source
    assert 20 < len(row.description) < 140
    assert "\n" not in row.description


def test_names_are_distinct():
    assert len({row.name for row in ALL}) == len(ALL)


def test_leaps_stay_within_the_inputs_of_a_lut():
    leaps = [row.config.parameters for row in OWN_ROWS if row.source.startswith("leap")]
    assert [leap.lfsr.steps_per_cycle for leap in leaps] == [8, 14]
    for leap in leaps:
        assert max(r.bit_count() for r in leap.lfsr.cycle_matrix.rows) <= 6


def test_two_tap_rows_have_two_taps_and_a_whole_orbit():
    rows = [row.config.parameters for row in OWN_ROWS if row.source.startswith("two-taps")]
    for parameters in rows:
        assert isinstance(parameters, OnTheFlyParameters)
        assert len(parameters.lfsr.taps or ()) == 2
        assert parameters.joint_orbit == parameters.rngs * parameters.lfsr.period
    assert [parameters.width for parameters in rows] == [9, 15]
