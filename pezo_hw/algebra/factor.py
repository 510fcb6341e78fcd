"""Factors of integers: primitivity of a polynomial of degree b needs those of 2^b - 1."""

from __future__ import annotations

import math
from functools import cache

# These bases decide primality for every number below 3.3e24 (J. Sorenson and J. Webster,
# "Strong pseudoprimes to twelve prime bases", Math. Comp. 86, 2017).
_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def is_prime(number: int) -> bool:
    """Whether ``number`` is prime, by the Miller-Rabin test (exact below 3.3e24)."""
    if number < 2:
        return False
    for prime in _WITNESSES:
        if number % prime == 0:
            return number == prime
    return all(_passes(number, witness) for witness in _WITNESSES)


def _passes(number: int, witness: int) -> bool:
    # number - 1 = odd * 2^twos. Modulo a prime, 1 has the square roots 1 and -1 alone, so that
    # witness^odd, squared again and again, is 1 from the start or comes by -1.
    twos = ((number - 1) & -(number - 1)).bit_length() - 1
    power = pow(witness, (number - 1) >> twos, number)
    if power in (1, number - 1):
        return True
    for _ in range(twos - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False


@cache
def prime_factors(number: int) -> tuple[int, ...]:
    """The distinct primes that divide ``number`` >= 1, in rising order."""
    primes: set[int] = set()
    pending = [number]
    while pending:
        part = pending.pop()
        if part == 1:
            continue
        if is_prime(part):
            primes.add(part)
        else:
            divisor = _some_divisor(part)
            pending += [divisor, part // divisor]
    return tuple(sorted(primes))


def _some_divisor(composite: int) -> int:
    """A proper divisor, by Pollard's rho with Floyd's cycle finding."""
    if composite % 2 == 0:
        return 2
    # x^2 + offset runs into a cycle modulo each prime factor, into the shorter one first; another
    # offset where all factors' cycles close at once.
    for offset in range(1, composite):
        slow = fast = 2
        divisor = 1
        while divisor == 1:
            slow = (slow * slow + offset) % composite
            fast = (fast * fast + offset) % composite
            fast = (fast * fast + offset) % composite
            divisor = math.gcd(slow - fast, composite)
        if divisor != composite:
            return divisor
    raise AssertionError(f"{composite} is composite, so rho must find a divisor")


def golden_jump(count: int) -> int:
    """The largest J <= count / golden ratio that is coprime to ``count`` >= 1.

    Steps of J go through all of ``count`` places on a ring; each is far from the one before, and
    any number of them in a row lie about evenly.
    """
    jump = (math.isqrt(5 * count * count) - count) // 2
    while math.gcd(jump, count) != 1:
        jump -= 1
    return jump


def divisors(number: int) -> list[int]:
    """Every divisor of ``number`` >= 1, in rising order."""
    small = [d for d in range(1, math.isqrt(number) + 1) if number % d == 0]
    return sorted({*small, *(number // d for d in small)})
