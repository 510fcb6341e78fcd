"""The families of generators that the driver knows."""

from __future__ import annotations

from typing import Any

from .errors import NotFoundError
from .family import Family
from .on_the_fly import OnTheFlyFamily
from .pre_generated import PreGeneratedFamily

FAMILIES: tuple[Family[Any], ...] = (OnTheFlyFamily(), PreGeneratedFamily())


def family_with(code: int) -> Family[Any]:
    """The family of which a device's CAPABILITIES.family says that it is.

    Raises
    ------
    NotFoundError
        Naming the code and those that this driver knows.
    """
    for family in FAMILIES:
        if family.code == code:
            return family
    known = " or ".join(f"{family.code} ({family.strategy})" for family in FAMILIES)
    what = f"CAPABILITIES.family = {code} is unknown to this driver"
    raise NotFoundError(f"{what}; allowed: {known}")


def family_called(strategy: str) -> Family[Any]:
    """The family of a config; ValueError for a strategy that this driver does not know."""
    for family in FAMILIES:
        if family.strategy == strategy:
            return family
    raise ValueError(f"strategy {strategy!r} is unknown to this driver")
