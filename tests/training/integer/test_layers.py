"""The integer layers, against PyTorch's in float64, which is exact for these sizes."""

import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.training.integer.blocks import Block, Sums
from pezo_hw.training.integer.layers import MOST_TERMS, Convolution, Linear, flat

RNG = np.random.default_rng(6)


def block(*shape: int, exponent: int = -7, low: int = -127) -> Block:
    return Block(mantissa=RNG.integers(low, 128, shape).astype(np.int8), exponent=exponent)


@pytest.mark.parametrize(
    ("outputs", "inputs", "side", "size"), [(6, 1, 5, 28), (4, 3, 3, 6), (2, 5, 1, 4)]
)
def test_convolution_and_pool(outputs: int, inputs: int, side: int, size: int):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    layer = Convolution(block(outputs, inputs, side, side, exponent=-9))
    images = block(inputs, 3, size, size + 2, exponent=-5)
    sums = layer.sums(images)
    assert (sums.values.dtype, sums.exponent) == (np.int32, -14)
    exact = functional.conv2d(
        torch.from_numpy(images.mantissa.swapaxes(0, 1).astype(np.float64)),
        torch.from_numpy(layer.weight.mantissa.astype(np.float64)),
        padding=side // 2,
    )
    assert np.array_equal(sums.values.swapaxes(0, 1), exact.numpy())
    small = Sums(values=RNG.integers(-127, 128, (outputs, 3, size, size + 2), np.int32), exponent=0)
    pooled = functional.max_pool2d(torch.relu(torch.from_numpy(small.values.astype(np.float64))), 2)
    assert np.array_equal(layer.finish(small).mantissa, pooled.numpy())


def test_convolution_by_its_definition():
    layer, images = Convolution(block(2, 3, 3, 3)), block(3, 1, 4, 2)
    values = layer.sums(images).values
    for o, row, column in np.ndindex(2, 4, 2):
        total = 0
        for i, dy, dx in np.ndindex(3, 3, 3):
            y, x = row + dy - 1, column + dx - 1
            if 0 <= y < 4 and 0 <= x < 2:
                total += int(layer.weight.mantissa[o, i, dy, dx]) * int(images.mantissa[i, 0, y, x])
        assert values[o, 0, row, column] == total


def test_linear_layer_and_its_relu():
    layer, rows = Linear(block(10, 784, exponent=-8)), block(5, 784, exponent=-3)
    sums = layer.sums(rows)
    exact = rows.mantissa.astype(np.float64) @ layer.weight.mantissa.T.astype(np.float64)
    assert np.array_equal(sums.values, exact)
    assert sums.exponent == -11
    finished = layer.finish(Sums(values=np.array([[-9, 0, 254]], np.int32), exponent=-2))
    assert (finished.mantissa.tolist(), finished.exponent) == ([[0, 0, 127]], -1)


def test_images_become_rows_in_the_order_of_the_weights():
    images = block(2, 3, 4, 4)
    rows = flat(images)
    assert rows.mantissa[1].tolist() == images.mantissa[:, 1].reshape(-1).tolist()
    assert flat(rows) is rows
    layer = Linear(block(5, 32))
    assert np.array_equal(layer.sums(images).values, layer.sums(rows).values)


def test_the_largest_sum_is_no_overflow():
    ones = np.full((1, MOST_TERMS), 127, np.int8)
    layer = Linear(Block(mantissa=ones, exponent=0))
    for sign in (1, -1):
        rows = Block(mantissa=(sign * ones).astype(np.int8), exponent=0)
        assert layer.sums(rows).values.item() == sign * MOST_TERMS * 127**2


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (Linear, (1, MOST_TERMS + 1)),
        (Linear, (3, 0)),
        (Linear, (3, 4, 5)),
        (Convolution, (3, 4)),
        (Convolution, (3, 4, 2, 2)),
        (Convolution, (3, 4, 3, 5)),
    ],
)
def test_weights_that_are_not_allowed(kind: type, shape: tuple[int, ...]):
    with pytest.raises(ConfigError, match=r"^weight = "):
        kind(Block(mantissa=np.zeros(shape, np.int8), exponent=0))
