"""Forward and backward passes of integers, against the chain rule in float64."""

import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.training.integer.blocks import Block, block_of_images
from pezo_hw.training.integer.layers import Convolution, Linear
from pezo_hw.training.integer.lenet import SHAPES, create_integer_lenet
from pezo_hw.training.integer.model import IntegerModel

RNG = np.random.default_rng(9)


def block(*shape: int, exponent: int = -7) -> Block:
    return Block(mantissa=RNG.integers(-127, 128, shape).astype(np.int8), exponent=exponent)


def worth(block: Block) -> np.ndarray:
    return np.ldexp(block.mantissa.astype(np.float64), block.exponent)


def test_layers_one_after_another():
    layers = [Convolution(block(3, 1, 3, 3)), Linear(block(6, 12)), Linear(block(4, 6))]
    images = block(1, 5, 4, 4)
    by_hand = layers[0].finish(layers[0].sums(images))
    hidden = layers[1].finish(layers[1].sums(by_hand))
    for head in (0, 1, 2):
        forward = IntegerModel(layers, head).forward(images)
        assert np.array_equal(forward.logits.values, layers[2].sums(hidden).values)
        assert len(forward.inputs) == head
        if head:
            assert np.array_equal(forward.inputs[-1].mantissa, hidden.mantissa)


def test_gradients_of_the_head():
    """The last layer's is exact; the one before gets errors rounded to eight bits, once."""
    layers = [Linear(block(20, 30)), Linear(block(10, 20)), Linear(block(4, 10))]
    model = IntegerModel(layers, 2)
    errors = block(16, 4, exponent=-9)
    forward = model.forward(block(16, 30))
    first, last = model.backward(forward, errors)
    hidden, deeper = (worth(inputs) for inputs in forward.inputs)
    exact = worth(errors).T @ deeper
    assert np.array_equal(np.ldexp(last.values.astype(float), last.exponent), exact)
    of_hidden = worth(errors) @ worth(layers[2].weight) * (deeper > 0)
    exact = of_hidden.T @ hidden
    found = np.ldexp(first.values.astype(float), first.exponent)
    # Eight bits are to the nearest of steps that are at most 1/64 of the largest.
    most = np.abs(of_hidden).max() / 128 * np.abs(hidden).sum(0)
    assert (np.abs(found - exact) <= most).all()
    assert (np.abs(exact) > most).mean() > 0.5  # so that another gradient would be noticed


def test_sizes_of_lenet_and_its_start():
    model = create_integer_lenet(3, 1)
    shapes = [layer.weight.mantissa.shape for layer in model.layers]
    assert tuple(shapes) == SHAPES
    assert sum(weight.size for weight in (*model.body, *model.head)) == 107_550
    for layer in model.layers:
        inputs = np.prod(layer.weight.mantissa.shape[1:])
        variance = np.mean(worth(layer.weight) ** 2) * inputs / 2
        assert 0.7 < variance < 1.3
        assert np.abs(layer.weight.mantissa.astype(int)).max() <= 63
    again, other = create_integer_lenet(3), create_integer_lenet(4)
    assert np.array_equal(again.body[2], model.body[2])
    assert not np.array_equal(other.body[2], model.body[2])
    images = block_of_images(RNG.integers(0, 256, (2, 28, 28)).astype(np.uint8))
    assert model.forward(images).logits.values.shape == (2, 10)


@pytest.mark.parametrize("head", [-1, 3])
def test_a_head_that_is_not_allowed(head: int):
    layers = [Convolution(block(3, 1, 3, 3)), Linear(block(6, 12)), Linear(block(4, 6))]
    with pytest.raises(ConfigError, match=r"^head = .* from 0 to 2"):
        IntegerModel(layers, head)
