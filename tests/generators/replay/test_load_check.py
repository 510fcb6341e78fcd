"""The check of a load's words: as docs/loading.md has it, and what it cannot miss."""

from __future__ import annotations

import random

from pezo_hw.generators.replay.load_check import CHECK_START, check_after, with_check_word


def by_hand(words: list[int]) -> int:
    """The check after words, a bit at a time: bit i of a half, turned by p, is bit i - p."""
    check = [1] * 16
    for word in words:
        low, high = ([word >> half + i & 1 for i in range(16)] for half in (0, 16))
        check = [
            check[i - 8] ^ check[i - 5] ^ (check[i] & (i < 5)) ^ low[i] ^ high[i] ^ high[i - 1]
            for i in range(16)
        ]
    return sum(bit << i for i, bit in enumerate(check))


def orbit() -> list[int]:
    """The states that a check of 1 goes through while words are 0."""
    states = [1]
    while (state := check_after(states[-1], 0)) != 1:
        states.append(state)
    return states


def test_the_check_is_the_documented_one():
    chance = random.Random(1)
    for count in range(40):
        words = [chance.getrandbits(32) for _ in range(count)]
        check = CHECK_START
        for word in words:
            check = check_after(check, word)
        assert check == by_hand(words)
        whole = with_check_word(words)
        assert whole[:-1] == words
        assert whole[-1] < 1 << 16
        assert by_hand(whole) == CHECK_START


def test_a_flipped_bit_goes_through_all_checks():
    """So it is never forgotten, and nothing but the same change 2^16 - 1 words later undoes it."""
    assert len(orbit()) == 2**16 - 1


def test_the_lower_half_of_a_word_is_one_of_a_kind():
    assert len({check_after(0, word) for word in range(1 << 16)}) == 1 << 16


def test_two_flipped_bits_are_told_apart_for_466_words():
    place = {state: index for index, state in enumerate(orbit())}
    places = sorted(place[check_after(0, 1 << bit)] for bit in range(32))
    gaps = [b - a for a, b in zip(places, [*places[1:], places[0] + len(place)], strict=True)]
    assert min(gaps) == 467


def test_words_that_change_places_are_seen():
    chance = random.Random(2)
    for _ in range(2000):
        words = [chance.getrandbits(16) for _ in range(40)]
        whole = with_check_word(words)
        one, other = chance.sample(range(40), 2)
        whole[one], whole[other] = whole[other], whole[one]
        assert (by_hand(whole) == CHECK_START) == (words[one] == words[other])


def test_a_bus_that_is_stuck_is_seen():
    for word in (0, 0xFFFF, 0xFFFFFFFF):
        check = CHECK_START
        for _ in range(20_000):
            check = check_after(check, word)
            assert check != CHECK_START
