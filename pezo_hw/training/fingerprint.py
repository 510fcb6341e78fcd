"""What a source is known by: its numbers, not its name."""

from __future__ import annotations

import hashlib

import numpy as np

from ..config import Config
from .source import PerturbationSource


def fingerprint_of(source: PerturbationSource) -> str:
    """What a checkpoint knows a source by.

    A source may have a ``fingerprint`` of its own, the same for the same numbers at all positions.
    One that has none is known by its name and by the numbers with which its first two perturbations
    start.
    """
    own = getattr(source, "fingerprint", None)
    return str(own) if own is not None else hash_of(source.name, *first_numbers(source))


def first_numbers(source: PerturbationSource) -> list[bytes]:
    """The first 256 numbers of the perturbations at position 0 and after it."""
    position, found = 0, []
    for _ in range(2):
        numbers = np.zeros(256, np.float32)
        position = source.add_([numbers], 1.0, position)
        found.append(numbers.astype("<f4").tobytes())
    return found


def fingerprint_of_stream(config: Config) -> str:
    """Of everything that decides the numbers of a configuration's stream, and of nothing else.

    Taps, seeds and defaults are resolved. A pool is its stored numbers, wherever they come from.
    """
    return hash_of(config.generator.strategy, *config.generator.content())


def hash_of(*parts: str | bytes) -> str:
    """A short name for content: 32 hexadecimal digits of its SHA-256."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "little") + content)
    return digest.hexdigest()[:32]
