"""One factor for all tensors, or one for each."""

import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.fast.scale import per_tensor, shortest, times


def test_a_factor_for_each_tensor():
    assert per_tensor(0.5, 3) == [0.5, 0.5, 0.5]
    assert per_tensor([1, np.float32(2)], 2) == [1.0, 2.0]
    assert per_tensor((1.0,), 1) == [1.0]


@pytest.mark.parametrize("scale", [[1.0], [1.0, 2.0, 3.0], [1.0, float("nan")], float("inf"), "1"])
def test_what_is_no_factor_for_two_tensors(scale):
    with pytest.raises(ConfigError, match=r"^scale = .* allowed: "):
        per_tensor(scale, 2)


def test_products_are_of_the_same_form():
    assert times(2.0, 0.25) == 0.5
    assert times(2.0, [0.25, 1.0]) == [0.5, 2.0]
    assert times(-1.0, (0.25,)) == [-0.25]


def test_equal_factors_are_one():
    assert shortest([0.5, 0.5]) == 0.5
    assert shortest([0.5, 1.0]) == [0.5, 1.0]
