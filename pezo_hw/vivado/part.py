"""The device that the scripts ask Vivado for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import ConfigError

# Device, and behind hyphens package, speed grade and temperature grade, in the order of their kind;
# a part of the 7 series has the package in the device's word.
_PART = re.compile(r"x[acq][a-z0-9]+(-[A-Za-z0-9]+){1,4}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part by the name that Vivado has for it.

    The Verilog knows nothing of it, and the IP names whole families: only a project that Vivado
    makes, for a run of its own or to package the IP, has to have one that is installed.

    Parameters
    ----------
    name : str
        The ZCU102's by default, on which the paper measures.

    Raises
    ------
    ConfigError
        For what is no part's name. Whether there is such a part only Vivado knows.
    """

    name: str = "xczu9eg-ffvb1156-2-e"

    def __post_init__(self) -> None:
        if not _PART.fullmatch(self.name):
            allowed = "a part as Vivado names it, xczu9eg-ffvb1156-2-e or xc7z020clg400-1"
            raise ConfigError("--part", self.name, allowed)
