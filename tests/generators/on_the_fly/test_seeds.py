"""Derived seeds, against drawing them one at a time."""

import pytest

from pezo_hw.generators.on_the_fly.seeds import derive_seeds
from tests.reference import seeds_from


@pytest.mark.parametrize(
    ("seed", "width", "count"), [(1, 8, 31), (7, 3, 7), (0, 18, 400), (2, 5, 31)]
)
def test_derived_seeds(seed: int, width: int, count: int):
    assert list(derive_seeds(seed, width, count)) == seeds_from(seed, width, count)


def test_the_presets_seeds_are_frozen():
    assert derive_seeds(1, 8, 31)[:8] == (188, 187, 131, 239, 30, 65, 4, 206)
    assert derive_seeds(1, 14, 31)[:4] == (10997, 11974, 1517, 15632)
