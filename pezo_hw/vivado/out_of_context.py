"""A design on its own: the clock that it is asked to reach, and Vivado's script."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConfigError
from ..tools.files import fill_template
from .design import Design, Port
from .part import Part

_SLOWEST, _FASTEST = 1, 1000


@dataclass(frozen=True, kw_only=True)
class ClockParameters:
    """A clock's frequency.

    Parameters
    ----------
    mhz : float
        1 to 1000; the paper's 700 by default (its table 6).

    Raises
    ------
    ConfigError
        For anything else.
    """

    mhz: float = 700.0

    def __post_init__(self) -> None:
        if not _SLOWEST <= self.mhz <= _FASTEST:
            allowed = f"a number from {_SLOWEST} to {_FASTEST}"
            raise ConfigError("--clock-mhz", self.mhz, allowed)

    @property
    def period_ps(self) -> int:
        """Whole picoseconds, Vivado's resolution, rounded down: never slower than asked for."""
        return math.floor(10**6 / self.mhz)

    @property
    def period_ns(self) -> str:
        """The period as XDC spells it, in nanoseconds."""
        return f"{self.period_ps // 1000}.{self.period_ps % 1000:03}"


def constraints_text(design: Design, clock: ClockParameters) -> str:
    """The XDC of a design on its own: its clock, and a whole period for its pins' paths."""
    others = [port for port in design.ports if port.name != design.clock]
    return fill_template(
        Path(__file__).parent / "templates" / "constraints.xdc",
        top=design.top,
        mhz=f"{clock.mhz:g}",
        clock=design.clock,
        period=clock.period_ns,
        inputs=_patterns(others, "input"),
        outputs=_patterns(others, "output"),
    )


def _patterns(ports: list[Port], direction: str) -> str:
    """Names for ``get_ports``, which takes the bits of a bus by a pattern."""
    chosen = [port for port in ports if port.direction == direction]
    return " ".join(f"{port.name}[*]" if port.is_bus else port.name for port in chosen)


def out_of_context_text(
    design: Design, part: Part, constraints: str, activity: str, instance: str
) -> str:
    """The Tcl that synthesises and implements a design on its own.

    Parameters
    ----------
    design : Design
        What to implement.
    part : Part
        On what.
    constraints : str
        The XDC file beside the script.
    activity : str
        The SAIF file beside the script; empty to estimate power without one.
    instance : str
        The path of the design in that file, with slashes.
    """
    return fill_template(
        Path(__file__).parent / "templates" / "out_of_context.tcl",
        top=design.top,
        part=part.name,
        clock=design.clock,
        verilog=design.verilog,
        memories=" ".join(design.memories),
        constraints=constraints,
        activity=activity,
        instance=instance,
    )
