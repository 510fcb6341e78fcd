"""``pezo taps``."""

import json


def test_the_best_taps_come_first(pezo):
    status, out, err = pezo("taps", "--width", 8, "--steps", 8, "--json")
    best, *rest = json.loads(out)
    assert (status, err) == (0, "")
    assert best == {
        "taps": [8, 6, 5, 3],
        "polynomial": 0x169,
        "fan_in": 4,
        "fan_ins": [4, 4, 4, 3, 3, 4, 4, 4],
    }
    assert len(rest) == 9


def test_a_bound_that_nothing_meets_is_said(pezo):
    status, out, _ = pezo("taps", "--width", 8, "--steps", 8, "--fan-in", 3)
    assert status == 1
    assert "none stays within 3 inputs" in out
    assert "0x169" in out


def test_a_bad_value_is_one_line(pezo):
    status, out, err = pezo("taps", "--width", 8, "--steps", 5)
    assert (status, out) == (2, "")
    assert err.startswith("pezo: error: --steps = 5 is not allowed; allowed: an integer >= 1")
