"""Address sequences: every row once, at an address of its own."""

import math
from collections.abc import Iterator

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


def test_there_are_as_few_counters_as_can_be():
    """Every way to write the rows as a product of coprime numbers of up to 6 bits, tried."""
    for rows in (60, 105, 330, 420, 840, 1001, 1155, 2310):
        fitting = [
            split
            for split in coprime_products(rows, 2)
            if sum((modulus - 1).bit_length() for modulus in split) <= (rows - 1).bit_length()
        ]
        expected = min(fitting, key=lambda split: (len(split), split), default=(rows,))
        assert AddressSequence.for_rows(rows).moduli == expected


def coprime_products(number: int, smallest: int) -> Iterator[tuple[int, ...]]:
    if number == 1:
        yield ()
    for factor in range(smallest, min(number, 64) + 1):
        if number % factor == 0:
            for rest in coprime_products(number // factor, factor + 1):
                if all(math.gcd(factor, other) == 1 for other in rest):
                    yield (factor, *rest)
