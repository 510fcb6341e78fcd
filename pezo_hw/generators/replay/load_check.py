"""The check word that ends each part of a load."""

from __future__ import annotations

from collections.abc import Iterable

CHECK_BITS = 16
CHECK_START = 0xFFFF

_MASK = CHECK_START
# A step of the check: x^8 + x^5, round about, plus the identity on so many low bits. Its matrix has
# order 2^16 - 1, and no row has more than three ones: with three bits of the word, one 6-input
# look-up table a bit.
_TURNS = (8, 5)
_KEPT = 0x1F


def check_after(check: int, word: int) -> int:
    """The check once a word of 32 bits has been taken; linear in both."""
    low, high = word & _MASK, word >> CHECK_BITS
    moved = _turned(check, _TURNS[0]) ^ _turned(check, _TURNS[1]) ^ (check & _KEPT)
    return moved ^ low ^ high ^ _turned(high, 1)


def with_check_word(words: Iterable[int]) -> list[int]:
    """A part of a load, whole: words of 32 bits, and the one that brings the check back.

    The check starts at `CHECK_START`, and the part is good where it ends there. Whatever happens to
    the lower 16 bits of one word is seen, two words that change places if their lower halves alone
    differ, and any two bits that flip in words fewer than 467 apart. Of all other changes one in
    2^16 is not.
    """
    part = list(words)
    check = CHECK_START
    for word in part:
        check = check_after(check, word)
    return [*part, check_after(check, 0) ^ CHECK_START]


def _turned(half: int, places: int) -> int:
    """A half of a word, rotated to the left."""
    return (half << places | half >> (CHECK_BITS - places)) & _MASK
