"""Tables and functions in fixed point, against decimals of fifty digits."""

from decimal import Decimal, getcontext

import numpy as np

from pezo_hw.training.integer.powers import LOGARITHMS, POWERS, logarithm, power_of_two

getcontext().prec = 50
TWO = Decimal(2)
RNG = np.random.default_rng(7)


def log2(value: Decimal) -> Decimal:
    return value.ln() / TWO.ln()


def test_every_entry_is_the_nearest():
    for index in range(257):
        part = Decimal(index) / 256
        assert POWERS[index] == round(TWO**part * 2**24), index
        assert LOGARITHMS[index] == round(log2(1 + part) * 2**20), index


def test_powers_are_as_near_as_is_promised():
    exponents = np.concatenate([-RNG.integers(0, 26 << 20, 1500), [0, -1, -(1 << 20), -(1 << 12)]])
    for exponent, found in zip(exponents.tolist(), power_of_two(exponents).tolist(), strict=True):
        exact = TWO ** (Decimal(exponent) / 2**20) * 2**24
        assert abs(found - exact) <= exact / 2**19 + 2, exponent
    assert power_of_two(np.array([-(25 << 20), -(1 << 40), -(2**62)])).tolist() == [0, 0, 0]


def test_powers_never_fall():
    found = power_of_two(np.arange(-(2 << 20), 1, 97))
    assert (np.diff(found) >= 0).all()


def test_logarithms_are_as_near_as_is_promised():
    numbers = np.concatenate([RNG.integers(1 << 24, 1 << b, 300) for b in (25, 28, 33, 42)])
    numbers = np.concatenate([numbers, [1 << 24, (1 << 25) - 1, 1 << 25, (1 << 42) - 1]])
    for number, found in zip(numbers.tolist(), logarithm(numbers).tolist(), strict=True):
        exact = log2(Decimal(number) / 2**24) * 2**20
        assert abs(found - exact) <= 5, number
