"""Checks that every parameter class shares; each returns the value in its plain Python type."""

from __future__ import annotations

import operator
from collections.abc import Sequence

from .errors import ConfigError


def integer(key: str, value: object, low: int, high: int | None = None) -> int:
    """An integer from ``low`` to ``high`` (no upper bound where ``high`` is None)."""
    allowed = f"an integer >= {low}" if high is None else f"an integer from {low} to {high}"
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ConfigError(key, value, allowed) from None
    if isinstance(value, bool) or number < low or (high is not None and number > high):
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


def truth(key: str, value: object) -> bool:
    """A truth value."""
    if not isinstance(value, bool):
        raise ConfigError(key, value, "true or false")
    return value


def choice(key: str, value: object, choices: Sequence[str]) -> str:
    """One of a few names."""
    if not isinstance(value, str) or value not in choices:
        raise ConfigError(key, value, " or ".join(f'"{name}"' for name in choices))
    return value
