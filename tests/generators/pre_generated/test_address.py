"""Where copies are read, against an LFSR that is stepped bit by bit."""

from __future__ import annotations

import numpy as np

from pezo_hw.algebra.polynomial import from_exponents, is_primitive
from pezo_hw.generators.pre_generated.address import AddressOrder


def stepped(state: int, taps: tuple[int, ...], bits: int) -> int:
    feedback = 0
    for tap in taps:
        feedback ^= state >> (tap - 1) & 1
    return (state << 1 | feedback) % (1 << bits)


def test_an_lfsr_visits_every_place_once():
    for bits in range(3, 14):
        order = AddressOrder(pool=2**bits - 1, copies=2)
        state, found = 1, []
        for _ in range(order.pool):
            found.append(state)
            state = stepped(state, order.taps, bits)
        assert order.sequence.tolist() == found
        assert sorted(found) == list(range(1, 2**bits))
        assert (order.bits, order.depth, order.first) == (bits, 2**bits, 1)


def test_the_taps_are_maximal_and_leave_the_second_step_alone():
    """With tap 1 the feedback of the second step would need that of the first."""
    for bits in range(3, 21):
        taps = AddressOrder(pool=2**bits - 1, copies=2).taps
        assert is_primitive(from_exponents([*taps, 0]))
        assert 1 not in taps


def test_elsewhere_it_is_a_count():
    for pool in (2, 3, 10, 4094, 4096):
        order = AddressOrder(pool=pool, copies=1)
        assert order.sequence.tolist() == list(range(pool))
        assert (order.taps, order.depth) == ((), pool)


def test_every_number_has_a_place_of_its_own():
    for pool, copies in ((31, 4), (63, 5), (28, 3), (4095, 8)):
        order = AddressOrder(pool=pool, copies=copies)
        places = [order.place_of(number) for number in range(pool)]
        assert all(place * copies % pool == number for number, place in enumerate(places))
        addresses = order.sequence[np.array(places)]
        for number in {0, 1, 2, copies, pool - 1, pool // 2}:
            assert order.address_of(number + 3 * pool) == addresses[number]
            assert order.number_at(int(addresses[number])) == number
        assert order.number_at(pool + 1) is None


def test_going_back_by_numbers():
    order = AddressOrder(pool=31, copies=4)
    for number in range(31):
        for back in range(8):
            image = order.back(back).apply(order.address_of(number))
            assert image == order.address_of((number - back) % 31)
