"""Checks that every parameter class shares; each returns the value in its plain Python type."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from math import isfinite, nan
from numbers import Real

from .errors import ConfigError

# Without a bound of their own, numbers still have to be written out, into a manifest for instance.
MOST_BITS = 1024


def integer(key: str, value: object, low: int, high: int | None = None) -> int:
    """An integer from ``low`` to ``high``; where ``high`` is None, of up to `MOST_BITS` bits."""
    if high is None:
        allowed, high = f"an integer >= {low}, of up to {MOST_BITS} bits", (1 << MOST_BITS) - 1
    else:
        allowed = f"an integer from {low} to {high}"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ConfigError(key, value, allowed) from None
    if isinstance(value, bool) or not low <= number <= high:
        raise ConfigError(key, value, allowed)
    return number


def integers(key: str, value: object, allowed: str) -> tuple[int, ...]:
    """A list of integers, none of them a truth value."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ConfigError(key, value, allowed)
    try:
        numbers = tuple(operator.index(item) for item in value)
    except TypeError:
        raise ConfigError(key, value, allowed) from None
    if any(isinstance(item, bool) for item in value):
        raise ConfigError(key, value, allowed)
    return numbers


def positive_real(key: str, value: object, low: float, high: float) -> float:
    """A finite number from ``low`` to ``high``, both positive; integers are taken as well."""
    allowed = f"a positive number from {low:g} to {high:g}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ConfigError(key, value, allowed)
    if not low <= value <= high:
        raise ConfigError(key, value, allowed)
    return float(value)


def real(key: str, value: object) -> float:
    """A finite real number of Python or NumPy."""
    try:
        number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else nan
    except OverflowError:
        number = nan
    if not isfinite(number):
        raise ConfigError(key, value, "a finite number")
    return number


def share(key: str, value: object) -> float:
    """A number from 0 to 1."""
    if not 0 <= (number := real(key, value)) <= 1:
        raise ConfigError(key, value, "a number from 0 to 1")
    return number


def shares(key: str, value: object, count: int) -> tuple[float, ...]:
    """A list of so many numbers from 0 to 1."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != count:
        raise ConfigError(key, value, f"a list of {count} numbers from 0 to 1")
    return tuple(share(key, item) for item in value)


def truth(key: str, value: object) -> bool:
    """A truth value."""
    if not isinstance(value, bool):
        raise ConfigError(key, value, "true or false")
    return value


def text(key: str, value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ConfigError(key, value, "a text")
    return value


def choice(key: str, value: object, choices: Sequence[str]) -> str:
    """One of a few names."""
    if not isinstance(value, str) or value not in choices:
        raise ConfigError(key, value, " or ".join(f'"{name}"' for name in choices))
    return value
