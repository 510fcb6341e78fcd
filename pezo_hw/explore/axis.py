"""What a key of a space can be: one value, a list of them, or a range."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, takewhile

from .. import checks
from ..errors import MISSING, ConfigError

Value = str | int | float | bool | list[int]

MOST_VALUES = 10_000
_STEPS = ("step", "times")
_RANGE = "a range { from, to, step } or { from, to, times }"
_ALLOWED = f"a value, a list of values, or {_RANGE}"
# A step of 0.1, seven times, is not 0.7 to the last bit; nobody means the difference.
_DIGITS = 12


def values_of(key: str, said: object) -> tuple[Value, ...]:
    """The values of a key, in order.

    Parameters
    ----------
    key : str
        Its name, for errors.
    said : object
        What the space file has there. A list is a list of values, and a list of lists one of
        values that are lists themselves, such as taps. A table is a range: ``from`` and ``to``,
        both included, with the distance ``step`` or the factor ``times`` from each to the next.

    Raises
    ------
    ConfigError
        Where it is none of these, has no value, one twice, or more than `MOST_VALUES`.

    Examples
    --------
    >>> from pezo_hw.explore.axis import values_of
    >>> values_of("width", [8, 11]), values_of("taps", [[11, 9], [9, 5]])
    ((8, 11), ([11, 9], [9, 5]))
    >>> values_of("gain", {"from": 0.7, "to": 1, "step": 0.1})
    (0.7, 0.8, 0.9, 1.0)
    >>> values_of("pool", {"from": 256, "to": 1024, "times": 2})
    (256, 512, 1024)
    """
    if isinstance(said, Mapping):
        return _range(key, said)
    listed = said if isinstance(said, list) else [said]
    if not 0 < len(listed) <= MOST_VALUES:
        raise ConfigError(key, said, f"from 1 to {MOST_VALUES:,} values")
    for index, value in enumerate(listed):
        if not _is_value(value):
            name = f"{key}[{index}]" if isinstance(said, list) else key
            raise ConfigError(name, value, _ALLOWED)
    _check_distinct(key, listed)
    return tuple(listed)


def as_toml(value: object) -> str:
    """The value as TOML writes it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, int) and not isinstance(part, bool) for part in value)
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def _check_distinct(key: str, values: Sequence[object]) -> None:
    seen: set[str] = set()
    for index, value in enumerate(values):
        text = as_toml(value)
        if text in seen:
            raise ConfigError(f"{key}[{index}]", value, "a value that does not stand there already")
        seen.add(text)


def _range(key: str, said: Mapping[str, object]) -> tuple[Value, ...]:
    steps = [name for name in _STEPS if name in said]
    if len(steps) != 1 or set(said) != {"from", "to", *steps}:
        raise ConfigError(key, _shown(said), _RANGE)
    (by,) = steps
    numbers = {name: _number(f"{key}.{name}", value) for name, value in said.items()}
    first, last, step = numbers["from"], numbers["to"], numbers[by]
    if last < first:
        raise ConfigError(f"{key}.to", last, f"a number from {first:g} on, where it begins")
    if by == "step":
        if step <= 0:
            raise ConfigError(f"{key}.{by}", step, "a number above 0")
        return _up_to(key, last, (first + index * step for index in count()))
    if step <= 1 or first <= 0:
        raise ConfigError(f"{key}.{by}", step, "a number above 1, with from above 0")
    return _up_to(key, last, (first * step**index for index in count()))


def _up_to(key: str, last: float, terms: Iterator[float]) -> tuple[Value, ...]:
    found: list[Value] = []
    for term in takewhile(lambda term: term <= last, map(_rounded, terms)):
        if len(found) == MOST_VALUES:
            raise ConfigError(key, "a range", f"one of at most {MOST_VALUES:,} values")
        found.append(term)
    return tuple(found)


def _rounded(term: float) -> float:
    """Integers are exact as they are."""
    return term if isinstance(term, int) else float(f"{term:.{_DIGITS}g}")


def _number(key: str, value: object) -> float:
    """An integer as it is, so that ranges of integers are exact."""
    if isinstance(value, int) and not isinstance(value, bool):
        return checks.integer(key, value, -(1 << 62), 1 << 62)
    return checks.real(key, value)


def _shown(said: Mapping[str, object]) -> object:
    return f"{{ {', '.join(said)} }}" if said else MISSING
