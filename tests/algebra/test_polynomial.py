"""Primitivity, against another library and against stepping through the whole orbit."""

import galois
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pezo_hw.algebra.polynomial import from_exponents, is_primitive, multiply_mod, power_of_x_mod


@pytest.mark.parametrize("degree", range(2, 10))
def test_every_polynomial_of_small_degree_by_order_of_x(degree: int):
    for polynomial in range(1 << degree, 2 << degree):
        residue, order = 2 % polynomial if degree > 1 else 1, 1
        while residue not in (0, 1) and order < 1 << degree:
            residue <<= 1
            if residue >> degree:
                residue ^= polynomial
            order += 1
        assert is_primitive(polynomial) == (residue == 1 and order == (1 << degree) - 1)


@pytest.mark.xdist_group("galois")
@settings(max_examples=200)
@given(st.integers(2**3, 2**33 - 1))
def test_against_galois(polynomial: int):
    assert is_primitive(polynomial) == galois.Poly.Int(polynomial).is_primitive()


def test_wide_polynomials_of_the_literature():
    # W. Stahnke, "Primitive binary polynomials", Math. Comp. 27 (1973).
    assert is_primitive(from_exponents([64, 4, 3, 1, 0]))
    assert is_primitive(from_exponents([63, 1, 0]))
    assert not is_primitive(from_exponents([64, 3, 1, 0]))


@pytest.mark.xdist_group("galois")
@given(st.integers(0, 255), st.integers(0, 255))
@pytest.mark.slow
def test_multiplication_against_galois(left: int, right: int):
    field = galois.GF(2**8, irreducible_poly=galois.Poly.Int(0x11B))
    assert multiply_mod(left, right, 0x11B) == int(field(left) * field(right))


def test_powers_of_x_by_repeated_multiplication():
    residue = 1
    for exponent in range(300):
        assert power_of_x_mod(exponent, 0x11D) == residue
        residue = multiply_mod(residue, 2, 0x11D)


def test_an_exponent_given_twice_cancels():
    assert from_exponents([5, 2, 2, 0]) == 0b100001
