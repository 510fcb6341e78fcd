"""Address sequences: every row once, at an address of its own."""

import math

from pezo_hw.algebra.address_sequence import AddressSequence


def test_every_row_has_an_address_of_its_own():
    for rows in (*range(1, 70), 91, 105, 127, 315, 455, 819, 1365, 4095, 4096):
        sequence = AddressSequence.for_rows(rows)
        addresses = [sequence.address_of(row) for row in range(rows)]
        assert sequence.rows == rows
        assert len(set(addresses)) == rows
        assert sequence.address_of(rows) == addresses[0]
        assert sequence.depth == max(addresses) + 1
        assert sequence.address_bits == max(1, rows - 1).bit_length() * (rows > 1)


def test_splits_are_coprime_and_narrow():
    for rows in range(2, 400):
        moduli = AddressSequence.for_rows(rows).moduli
        assert all(math.gcd(a, b) == 1 for a in moduli for b in moduli if a is not b)
        assert len(moduli) == 1 or max(moduli) <= 64


def test_the_presets_rows_need_no_carry():
    assert AddressSequence.for_rows(91).moduli == (7, 13)


def test_a_split_that_would_cost_memory_is_not_made():
    assert AddressSequence.for_rows(4095).moduli == (4095,)
