"""Everything about a self-test; source of its hardware."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import checks
from ..errors import ConfigError
from ..generators.generator import Generator
from ..numbers.beat_layout import BeatLayout

WORD_BITS = 32
DEFAULT_HEARTBEAT_BITS = 26


def word_count(generator: Generator) -> int:
    """Words of 32 bits that a beat takes, its bits filled up with zeros."""
    return -(-BeatLayout.of(generator.parameters).width // WORD_BITS)


@dataclass(frozen=True, kw_only=True)
class SelfTestParameters:
    """A generator and what its joint orbit must come to.

    Attributes
    ----------
    generator : Generator
        What is tested.
    expected : sequence of int
        The CRC-32 of each 32-bit word of the beats over the joint orbit, word 0 lowest in the beat.
    heartbeat_bits : int
        The heartbeat's period is 2^heartbeat_bits clock cycles.

    Raises
    ------
    ConfigError
        For any value that is not allowed; the key is the field's name.
    """

    generator: Generator
    expected: Sequence[int]
    heartbeat_bits: int = DEFAULT_HEARTBEAT_BITS

    def __post_init__(self) -> None:
        checks.integer("heartbeat_bits", self.heartbeat_bits, 1, 64)
        wanted = f"{word_count(self.generator)} integers of {WORD_BITS} bits"
        given = checks.integers("expected", self.expected, wanted)
        if len(given) != word_count(self.generator) or any(crc >> WORD_BITS for crc in given):
            raise ConfigError("expected", list(given), wanted)
        object.__setattr__(self, "expected", tuple(given))
