"""The independent numbers of `RandomSource`, computed by PyTorch where the weights lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import torch

from ..sources import (
    GaussianSource,
    IntegerUniformSource,
    RademacherSource,
    RandomSource,
    UniformSource,
)
from ..sources.drawn import BLOCK, polar_tables

_WORDS = 4
_ROUNDS = 10
_MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
_STEPS = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
_LOW = 0xFFFFFFFF
_WHOLE = 1 << 64
# Words at once: intermediate results stay in a GPU's cache.
_GROUPS_AT_ONCE = 1 << 18

Shape = Callable[[torch.Tensor, RandomSource], torch.Tensor]


def fill(source: RandomSource, positions: Sequence[int], out: torch.Tensor) -> None:
    """Write the perturbations at G positions into a float32 tensor of shape (G, N).

    The words are Philox4x64-10's, in 64-bit integers, of which PyTorch has only signed ones: the
    bits are the same.
    """
    shape = _SHAPES[source.kind]
    groups = BLOCK * source.distribution.bits // (64 * _WORDS)
    keys = [_column(words, out) for words in ([source.seed] * len(positions), positions)]
    length = max(1, _GROUPS_AT_ONCE // groups) * BLOCK
    for first in range(0, out.shape[1], length):
        part = out[:, first : first + length]
        count = -(-part.shape[1] // BLOCK)
        words = _words(first // BLOCK * groups, count * groups, keys)
        numbers = shape(words.view(len(positions) * count, -1), source)
        part.copy_(numbers.view(len(positions), -1)[:, : part.shape[1]])


def _column(words: Sequence[int], like: torch.Tensor) -> torch.Tensor:
    return torch.tensor([[_signed(word)] for word in words], device=like.device)


def _words(first: int, count: int, keys: Sequence[torch.Tensor]) -> torch.Tensor:
    """Groups of four words, shape (G, 4 * count), of keys of shape (G, 1)."""
    # NumPy counts before it draws.
    a = torch.arange(first + 1, first + count + 1, device=keys[0].device).expand(len(keys[0]), -1)
    b = c = d = torch.zeros_like(a)
    one, other = keys
    for _ in range(_ROUNDS):
        high_a, low_a = _high(a, _MULTIPLIERS[0]), a * _signed(_MULTIPLIERS[0])
        high_c, low_c = _high(c, _MULTIPLIERS[1]), c * _signed(_MULTIPLIERS[1])
        a, b, c, d = high_c ^ b ^ one, low_c, high_a ^ d ^ other, low_a
        one, other = one + _signed(_STEPS[0]), other + _signed(_STEPS[1])
    return torch.stack([a, b, c, d], dim=2).flatten(1)


def _high(numbers: torch.Tensor, factor: int) -> torch.Tensor:
    """The upper 64 bits of the product of unsigned 64-bit integers, by halves."""
    low, high = numbers & _LOW, _upper(numbers)
    by_low, by_high = factor & _LOW, factor >> 32
    crossed, other = high * by_low, low * by_high
    carry = _upper(low * by_low) + (crossed & _LOW) + (other & _LOW)
    return high * by_high + _upper(crossed) + _upper(other) + _upper(carry)


def _upper(numbers: torch.Tensor) -> torch.Tensor:
    return (numbers >> 32) & _LOW


def _signed(number: int) -> int:
    return number - _WHOLE if number >= _WHOLE // 2 else number


def _gaussian(words: torch.Tensor, source: RandomSource) -> torch.Tensor:
    radius, cosine, sine = _tables_on(words.device)
    picks = words.view(torch.int16).to(torch.int32) & 0xFFFF
    lengths = radius[picks[:, : BLOCK // 2]]
    angles = picks[:, BLOCK // 2 :]
    return torch.cat([cosine[angles] * lengths, sine[angles] * lengths], dim=1)


@cache
def _tables_on(device: torch.device) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(table).to(device) for table in polar_tables())


def _rademacher(words: torch.Tensor, source: RandomSource) -> torch.Tensor:
    places = torch.arange(7, -1, -1, dtype=torch.uint8, device=words.device)
    bits = words.view(torch.uint8).unsqueeze(-1) >> places & 1
    return bits.flatten(1).float() * 2.0 - 1.0


def _uniform(words: torch.Tensor, source: RandomSource) -> torch.Tensor:
    picks = (words.view(torch.int32) >> 8) & 0xFFFFFF
    return picks.float() * 2.0**-23 - 1.0


def _integers(words: torch.Tensor, source: RandomSource) -> torch.Tensor:
    width = source.width if isinstance(source, IntegerUniformSource) else 32
    return (words.view(torch.int32) >> (32 - width)).float()


_SHAPES: dict[str, Shape] = {
    GaussianSource.kind: _gaussian,
    RademacherSource.kind: _rademacher,
    UniformSource.kind: _uniform,
    IntegerUniformSource.kind: _integers,
}
