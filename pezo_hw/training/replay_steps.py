"""The steps of a replay log as bytes.

All numbers are little-endian. A *varint* has seven bits a byte, the lowest first; the highest bit
of a byte says that another follows. A step begins with a byte of flags and has what they say:

* 1: rates. A varint: how many groups; of each a varint, how many weights, and as float64 rate,
  decay and epsilon. Without it they are those of the step before.
* 2: the groups' rates alone have changed: a float64 each.
* 4: positions, a varint for each query. Without it each is as far from the last one as that was
  from the one before it.
* 8: the opposite of the update was done. 16: nothing was.

At the end comes a float64 for each query, the projected gradient.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

from ..checks import MOST_BITS, positive_real, real
from .pace import Pace
from .parameters import LARGEST, SMALLEST, at_least_zero
from .replay_log import Groups, LoggedStep
from .run import Queries

_GROUPS, _RATES, _POSITIONS, _OPPOSITE, _NOTHING = 1, 2, 4, 8, 16
_DIRECTIONS = {0: 1, _OPPOSITE: -1, _NOTHING: 0}
_FLAGS = {direction: flag for flag, direction in _DIRECTIONS.items()}
_FLOAT = struct.Struct("<d")


class _Positions:
    """Predicts each position from the two before it."""

    def __init__(self) -> None:
        self._last = self._apart = 0

    def predicted(self, count: int) -> list[int]:
        """The next ones, if nothing changes."""
        return [self._last + self._apart * (k + 1) for k in range(count)]

    def found(self, positions: Sequence[int]) -> None:
        """What they are."""
        for position in positions:
            self._last, self._apart = position, position - self._last


def encoded(steps: Sequence[LoggedStep]) -> bytes:
    """The steps one after another."""
    content, positions = bytearray(), _Positions()
    groups: Groups = ()
    for step in steps:
        content += _encoded(step, positions, groups)
        groups = step.groups
    return bytes(content)


def _encoded(step: LoggedStep, positions: _Positions, groups: Groups) -> bytes:
    flags, parts = _FLAGS[step.direction], bytearray()
    rates = [pace.rate for _, pace in step.groups]
    if step.groups == groups:
        pass
    elif step.groups == _with_rates(groups, rates):
        flags |= _RATES
        parts += b"".join(map(_FLOAT.pack, rates))
    else:
        flags |= _GROUPS
        parts += _varint(len(step.groups))
        for count, pace in step.groups:
            parts += _varint(count) + struct.pack("<3d", pace.rate, pace.decay, pace.epsilon)
    found = [position for position, _ in step.queries]
    if found != positions.predicted(len(found)):
        flags |= _POSITIONS
        parts += b"".join(map(_varint, found))
    positions.found(found)
    parts += b"".join(_FLOAT.pack(gradient) for _, gradient in step.queries)
    return bytes([flags]) + bytes(parts)


def decoded(content: bytes, queries: int) -> list[LoggedStep]:
    """The inverse of `encoded`.

    Raises
    ------
    ValueError, IndexError or struct.error
        For bytes that are no steps of so many queries, or end within one.
    """
    steps: list[LoggedStep] = []
    reader, positions = _Reader(content), _Positions()
    groups: Groups = ()
    while reader.is_open:
        step = _decoded(reader, positions, groups, queries)
        groups = step.groups
        steps.append(step)
    return steps


def _decoded(reader: _Reader, positions: _Positions, groups: Groups, queries: int) -> LoggedStep:
    flags = reader.byte()
    if flags & _GROUPS:
        groups = tuple((reader.varint(), _pace(reader)) for _ in range(reader.varint()))
    elif flags & _RATES:
        groups = _with_rates(groups, [at_least_zero("rate", reader.number()) for _ in groups])
    told = flags & _POSITIONS
    found = [reader.varint() for _ in range(queries)] if told else positions.predicted(queries)
    positions.found(found)
    if not groups or min(found) < 0:
        raise ValueError("no rates, or a position below 0")
    gradients = [real("gradient", reader.number()) for _ in found]
    direction = _DIRECTIONS[flags & ~(_GROUPS | _RATES | _POSITIONS)]
    pairs: Queries = tuple(zip(found, gradients, strict=True))
    return LoggedStep(queries=pairs, groups=groups, direction=direction)


def _pace(reader: _Reader) -> Pace:
    rate, decay, epsilon = (reader.number() for _ in range(3))
    return Pace(
        rate=at_least_zero("rate", rate),
        decay=at_least_zero("decay", decay),
        epsilon=positive_real("epsilon", epsilon, SMALLEST, LARGEST),
    )


def _with_rates(groups: Groups, rates: Sequence[float]) -> Groups:
    """The same groups at other rates; none where there are not as many."""
    if len(groups) != len(rates):
        return ()
    pairs = zip(groups, rates, strict=True)
    return tuple((count, replace(pace, rate=rate)) for (count, pace), rate in pairs)


def _varint(value: int) -> bytes:
    content = bytearray()
    while value > 0x7F:
        content.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*content, value])


class _Reader:
    """Goes through bytes once."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def is_open(self) -> bool:
        return self._at < len(self._content)

    def byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def number(self) -> float:
        (number,) = _FLOAT.unpack_from(self._content, self._at)
        self._at += _FLOAT.size
        return float(number)

    def varint(self) -> int:
        value = 0
        for shift in range(0, MOST_BITS + 7, 7):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ValueError("an integer without end")
