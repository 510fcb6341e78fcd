"""Copies of a pool, read port by port as the block RAMs are."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pezo_hw.generators.pre_generated.copies import Copies


@pytest.mark.parametrize(
    ("pool", "lanes", "ports"), [(31, 8, 2), (28, 6, 2), (63, 4, 1), (3, 8, 2), (4095, 16, 2)]
)
def test_any_cycle_shows_what_follows_the_last_one(pool: int, lanes: int, ports: int):
    copies = Copies(pool=pool, lanes=lanes, ports=ports)
    numbers = np.arange(100, 100 + pool, dtype=np.int32)
    words, places = copies.words(numbers), copies.order.sequence
    for cycle in range(min(3 * pool, 5000)):
        shown = [
            words[copy][places[(ports * cycle + port) % pool]]
            for port in range(ports)
            for copy in range(copies.count)
        ]
        assert shown == [100 + (cycle * lanes + lane) % pool for lane in range(lanes)]


def test_an_address_of_no_number_holds_nothing():
    words = Copies(pool=31, lanes=8, ports=2).words(np.ones(31, dtype=np.int32))
    assert [copy[0] for copy in words] == [0] * 4
    assert [sum(copy) for copy in words] == [31] * 4


def test_which_lanes_can_be_served():
    for ports in (1, 2):
        for lanes in range(1, 60):
            fits = lanes % ports == 0 and math.gcd(lanes // ports, 45) == 1
            assert Copies(pool=45, lanes=lanes, ports=ports).serve == fits
    said = Copies(pool=45, lanes=6, ports=2).allowed
    assert said.endswith("near 6: 2, 4, 8, 14, 16, 22, 26, 28")
