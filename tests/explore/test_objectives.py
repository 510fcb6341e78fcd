"""The Pareto front, against the definition written out."""

from __future__ import annotations

import random

import pytest

from pezo_hw.explore import Objectives

WANTED = Objectives(minimise=("lut", "ff"), maximise=("participation",))


def is_better(one: dict, other: dict) -> bool:
    """As good in all of them and better in one."""
    pairs = [(one[n], other[n]) for n in WANTED.minimise]
    pairs += [(-one[n], -other[n]) for n in WANTED.maximise]
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def test_it_is_what_nothing_is_better_than():
    source = random.Random(3)
    for most in (1, 3, 9, 10**6):
        points = [{n: source.randint(0, most) for n in WANTED.names} for _ in range(150)]
        expected = [not any(is_better(other, one) for other in points) for one in points]
        assert WANTED.front(points) == expected


def test_equal_points_are_on_it_together():
    point = {"lut": 1, "ff": 1, "participation": 3.0}
    assert WANTED.front([point, dict(point), point | {"ff": 2}]) == [True, True, False]


@pytest.mark.parametrize("missing", [{}, {"ff": None}, {"ff": "many"}])
def test_what_lacks_a_figure_is_not(missing: dict):
    point = {"lut": 1, "ff": 1, "participation": 3.0}
    without = {"lut": 0, "participation": 9.0} | missing
    assert WANTED.front([without, point]) == [False, True]


def test_no_points():
    assert WANTED.front([]) == []
