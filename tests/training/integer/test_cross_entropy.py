"""The integer cross-entropy, against the real one in decimals and in float64."""

from decimal import Decimal, getcontext

import numpy as np
import pytest

from pezo_hw.training.integer.blocks import Sums
from pezo_hw.training.integer.cross_entropy import LOG2_E, errors, losses, sign_of_difference

getcontext().prec = 40
RNG = np.random.default_rng(8)
UNIT = 2.0**-20
WITHIN = 8


def exact(logits: Sums, labels) -> np.ndarray:
    """In bits, with float64's 15 digits: a thousand times finer than what is compared."""
    values = np.ldexp(logits.values.astype(np.float64), logits.exponent)
    shifted = values - values.max(1, keepdims=True)
    of_label = shifted[np.arange(len(labels)), labels]
    return (np.log(np.exp(shifted).sum(1)) - of_label) / np.log(2)


def random_logits(bits: int, exponent: int, count: int = 200, classes: int = 10) -> Sums:
    values = RNG.integers(-(1 << bits), 1 << bits, (count, classes)).astype(np.int32)
    return Sums(values=values, exponent=exponent)


def test_the_constant():
    assert round(1 / Decimal(2).ln() * 2**24) == LOG2_E


@pytest.mark.parametrize(
    ("bits", "exponent"),
    [(12, -12), (16, -14), (20, -14), (24, -25), (4, 0), (3, 3), (30, -30), (10, -70)],
)
def test_losses_are_as_near_as_is_promised(bits: int, exponent: int):
    for classes in (2, 10, 300):
        logits = random_logits(bits, exponent, classes=classes)
        labels = RNG.integers(0, classes, 200)
        found = losses(logits, labels) * UNIT
        assert np.abs(found - exact(logits, labels)).max() < WITHIN * UNIT


def test_one_loss_in_decimals():
    logits = Sums(values=np.array([[5000, -300, 4100]], np.int32), exponent=-11)
    powers = [(Decimal(int(value)) / 2**11).exp() for value in logits.values[0]]
    loss = (sum(powers) / powers[2]).ln() / Decimal(2).ln()
    assert abs(losses(logits, np.array([2]))[0] - loss * 2**20) < WITHIN


def test_the_sign_is_the_real_one_but_where_losses_are_as_good_as_equal():
    labels = RNG.integers(0, 10, 32)
    agree = close = 0
    for step in (1, 10, 100, 1000):
        for _ in range(50):
            plus = random_logits(13, -12, count=32)
            moved = plus.values + RNG.integers(-step, step + 1, plus.values.shape)
            minus = Sums(values=moved.astype(np.int32), exponent=-12)
            sign = sign_of_difference(*(int(losses(s, labels).sum()) for s in (plus, minus)))
            difference = exact(plus, labels).sum() - exact(minus, labels).sum()
            if abs(difference) > 2 * WITHIN * 32 * UNIT:
                assert sign == np.sign(difference)
                agree += 1
            else:
                close += 1
    assert agree > 150 > close
    assert [sign_of_difference(*pair) for pair in ((3, 2), (2, 3), (2, 2))] == [1, -1, 0]


def test_equal_logits_of_other_exponents_have_the_same_loss():
    values = RNG.integers(-1000, 1000, (50, 10)).astype(np.int32)
    labels = RNG.integers(0, 10, 50)
    one, other = Sums(values=values, exponent=-8), Sums(values=values * 16, exponent=-12)
    assert losses(one, labels).tolist() == losses(other, labels).tolist()


def test_logits_far_apart():
    far = Sums(values=np.array([[2**31 - 1, -(2**31)]], np.int32), exponent=20)
    assert losses(far, np.array([0])).tolist() == [0]
    assert losses(far, np.array([1])).tolist() == [1 << 40]  # as far as it goes


def test_errors_are_the_softmax_less_one_at_the_label():
    for spread in (9, 12, 15):
        logits = random_logits(spread, -11)
        labels = RNG.integers(0, 10, 200)
        found = errors(logits, labels)
        values = np.ldexp(logits.values.astype(np.float64), logits.exponent)
        powers = np.exp(values - values.max(1, keepdims=True))
        real = powers / powers.sum(1, keepdims=True)
        real[np.arange(200), labels] -= 1
        step = 2.0**found.exponent
        assert np.abs(found.mantissa * step - real).max() <= 0.501 * step
        assert 64 <= np.abs(found.mantissa.astype(int)).max() <= 127
