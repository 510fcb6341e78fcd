"""Learning-rate schedules against their formulas."""

import math

import pytest

from pezo_hw.training.schedules import SCHEDULES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("constant", [1, 1, 1, 1, 1, 1]),
        ("linear", [1, 0.75, 0.5, 0.25, 0, 0]),
        ("cosine", [1, 0.5 + math.sqrt(0.125), 0.5, 0.5 - math.sqrt(0.125), 0, 0]),
    ],
)
def test_values_of_a_run_of_four_and_after(name: str, expected: list[float]):
    assert [SCHEDULES[name](step, 4) for step in (0, 1, 2, 3, 4, 99)] == pytest.approx(expected)
