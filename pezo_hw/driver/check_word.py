"""The check word that ends each part of a load."""

from __future__ import annotations

_CHECK_START = 0xFFFF


class Check:
    """Follows the words of a part; a device takes the part if its check word brings this back.

    A word is split into halves of 16 bits; rotations go round about in them.
    """

    def __init__(self) -> None:
        self._check = _CHECK_START

    def take(self, word: int) -> None:
        """The part's next word."""
        high = word >> 16
        self._check = self._moved() ^ (word & 0xFFFF) ^ high ^ _rotated(high, 1)

    @property
    def word(self) -> int:
        """The check word behind all words so far."""
        return self._moved() ^ _CHECK_START

    def _moved(self) -> int:
        return _rotated(self._check, 8) ^ _rotated(self._check, 5) ^ (self._check & 0x1F)


def _rotated(half: int, places: int) -> int:
    return (half << places | half >> (16 - places)) & 0xFFFF
