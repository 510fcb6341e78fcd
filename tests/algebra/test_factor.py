"""Factors of 2^b - 1, checked by multiplying and by division, and against published tables."""

import pytest

from pezo_hw.algebra.factor import divisors, is_prime, prime_factors


def smallest_factors(number: int) -> set[int]:
    """By trial division."""
    found, candidate = set(), 2
    while number > 1:
        if candidate * candidate > number:
            candidate = number
        while number % candidate == 0:
            found.add(candidate)
            number //= candidate
        candidate += 1
    return found


@pytest.mark.parametrize("width", range(2, 41))
def test_factors_of_mersenne_numbers_by_trial_division(width: int):
    assert set(prime_factors(2**width - 1)) == smallest_factors(2**width - 1)


def test_every_small_number():
    for number in range(1, 2000):
        assert set(prime_factors(number)) == smallest_factors(number)
        assert divisors(number) == [d for d in range(1, number + 1) if number % d == 0]


def test_published_factors_of_large_mersenne_numbers():
    # Cunningham project, table 2-: 2^59 - 1 and 2^61 - 1 (a prime) and 2^64 - 1.
    assert prime_factors(2**59 - 1) == (179951, 3203431780337)
    assert prime_factors(2**61 - 1) == (2**61 - 1,)
    assert prime_factors(2**64 - 1) == (3, 5, 17, 257, 641, 65537, 6700417)


def test_strong_pseudoprimes_are_not_prime():
    # Composite, yet they pass the Miller-Rabin test to base 2, and to bases 2, 3, 5 and 7.
    assert not is_prime(2047)
    assert not is_prime(3215031751)
    assert not is_prime(1)
