"""What a device and a manifest can be compared by."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, TypeVar

from .errors import NotFoundError


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The numbers that tell one generated system of a family from another.

    Each family has a subclass with numbers of its own.

    Attributes
    ----------
    strategy : str
        The family's name in a config's ``perturbation.strategy``.
    lanes : int
        Numbers of a beat (W).
    """

    strategy: ClassVar[str]

    lanes: int


AnyShape = TypeVar("AnyShape", bound=Shape)


def check_shape(found: Shape, expected: Shape | None) -> None:
    """Checks that the device is the one of the manifest; raises NotFoundError if not."""
    if expected is None:
        return
    names = (field.name for field in fields(found)) if type(found) is type(expected) else ()
    for name in ("strategy", *names):
        device, manifest = getattr(found, name), getattr(expected, name)
        if device != manifest:
            what = f"{name} = {device} in the device is not allowed"
            raise NotFoundError(f"{what}; allowed: {manifest}, as the manifest says")
