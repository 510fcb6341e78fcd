"""Polynomials over GF(2), held as integers: bit i is the coefficient of x^i."""

from __future__ import annotations

from collections.abc import Iterable

from .factor import prime_factors


def from_exponents(exponents: Iterable[int]) -> int:
    """The polynomial with exactly these exponents (an exponent given twice cancels)."""
    polynomial = 0
    for exponent in exponents:
        polynomial ^= 1 << exponent
    return polynomial


def multiply_mod(left: int, right: int, modulus: int) -> int:
    """``left * right mod modulus``; both factors must already be reduced."""
    degree = modulus.bit_length() - 1
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left >> degree:
            left ^= modulus
    return product


def power_of_x_mod(exponent: int, modulus: int) -> int:
    """``x^exponent mod modulus`` for a modulus of degree >= 2, by squaring."""
    result = 1
    for bit in bin(exponent)[2:]:
        result = multiply_mod(result, result, modulus)
        if bit == "1":
            result = multiply_mod(result, 2, modulus)
    return result


def is_primitive(polynomial: int) -> bool:
    """Whether x has order 2^b - 1 modulo the polynomial, b >= 2 its degree.

    If it has, the powers of x are all 2^b - 1 non-zero residues, every one of them is a unit, and
    the polynomial is irreducible as well: no separate test is needed. The order is decided by the
    prime factors of 2^b - 1, so the cost grows with b^3 and not with 2^b.
    """
    degree = polynomial.bit_length() - 1
    if degree < 2 or not polynomial & 1:
        return False
    order = (1 << degree) - 1
    if power_of_x_mod(order, polynomial) != 1:
        return False
    return all(power_of_x_mod(order // p, polynomial) != 1 for p in prime_factors(order))
