"""Config sections and the dataclasses that say what may stand in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..errors import ConfigError

STARTS = ("next", "drawn")
"""Where a perturbation starts: where the last one ended, or far from where that started."""


def keys_of(parameters: type[Any], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The keys of a section: the fields of its dataclass that are no sections of their own.

    Parameters
    ----------
    parameters : type
        A dataclass whose fields carry the names of the keys.
    without : tuple of str
        Fields that are not keys.
    """
    names = (field.name for field in dataclasses.fields(parameters))
    return tuple(name for name in names if name not in without)


@contextmanager
def section(name: str) -> Iterator[None]:
    """Puts the section's name before the keys of the errors from inside."""
    try:
        yield
    except ConfigError as error:
        raise error.within(name) from None
