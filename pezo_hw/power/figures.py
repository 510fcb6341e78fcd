"""What is said of a configuration: toggles in a device, area and power in standard cells."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..text import short_number
from .copies import SIZES, extrapolated
from .sta import CellPower
from .toggles import Toggles, extrapolated_toggles


@dataclass(frozen=True, kw_only=True)
class Clocked:
    """Standard cells at a clock.

    Attributes
    ----------
    mhz : float
        The clock's frequency.
    period_ns : float
        The shortest period that the gates allow.
    power : CellPower
        What they draw.
    """

    mhz: float
    period_ns: float
    power: CellPower

    @property
    def energy_pj(self) -> float:
        """Picojoules a cycle."""
        return self.power.total / self.mhz * 1e6


@dataclass(frozen=True, kw_only=True)
class InCells:
    """A core in the gates of a library.

    Attributes
    ----------
    library : str
        Its name.
    area : float
        In its unit, which mostly is the square micrometre.
    cells : float
        Gates.
    toggles : Toggles
        Of their outputs.
    clocked : Clocked or None
        At a clock, where one was named.
    """

    library: str
    area: float
    cells: float
    toggles: Toggles
    clocked: Clocked | None


@dataclass(frozen=True, kw_only=True)
class PowerFigures:
    """What is known of a configuration.

    Attributes
    ----------
    name : str
        The configuration's.
    numbers : int
        Numbers a cycle.
    cycles, joint_orbit : int
        Cycles that were simulated, and those before the stream repeats.
    copies : int
        Of the module that is repeated too often for a simulation of all; else 1.
    tool : str
        What mapped it.
    toggles : Toggles
        Of the cells of the device.
    in_cells : InCells or None
        In standard cells, where a library was named.
    """

    name: str
    numbers: int
    cycles: int
    joint_orbit: int
    copies: int
    tool: str
    toggles: Toggles
    in_cells: InCells | None

    @property
    def energy_a_number_pj(self) -> float | None:
        """Picojoules for each number, where a clock was named."""
        clocked = self.in_cells.clocked if self.in_cells else None
        return clocked.energy_pj / self.numbers if clocked else None

    @property
    def sample(self) -> str:
        """What was simulated, in words."""
        whole = self.cycles == self.joint_orbit
        time = f"{self.cycles:,} cycles, {'the' if whole else 'of a'} joint orbit"
        time += "" if whole else f" of {short_number(self.joint_orbit)}"
        if self.copies == 1:
            return time
        low, high = SIZES
        return f"{time}; extrapolated from {low} and {high} of {self.copies:,} equal parts"

    def as_dict(self) -> dict[str, object]:
        """The same as plain data, for JSON."""
        figures = asdict(self) | {"toggles": self.toggles.as_dict()}
        if self.in_cells is not None:
            figures["in_cells"]["toggles"] = self.in_cells.toggles.as_dict()
            if self.in_cells.clocked is not None:
                figures["in_cells"]["clocked"]["energy_pj"] = self.in_cells.clocked.energy_pj
        figures["energy_a_number_pj"] = self.energy_a_number_pj
        figures["simulated_copies"] = list(SIZES) if self.copies > 1 else None
        return figures


def extrapolated_cells(small: InCells | None, large: InCells | None, copies: int) -> InCells | None:
    """What so many copies are in cells, from two sizes of the design; None where neither is."""
    if small is None or large is None:
        return None
    return InCells(
        library=large.library,
        area=extrapolated(small.area, large.area, copies),
        cells=extrapolated(small.cells, large.cells, copies),
        toggles=extrapolated_toggles(small.toggles, large.toggles, copies),
        clocked=_extrapolated_clocked(small.clocked, large.clocked, copies),
    )


def _extrapolated_clocked(
    small: Clocked | None, large: Clocked | None, copies: int
) -> Clocked | None:
    if small is None or large is None:
        return None
    few, more = asdict(small.power), asdict(large.power)
    power = CellPower(**{part: extrapolated(few[part], more[part], copies) for part in few})
    period = max(small.period_ns, large.period_ns)
    return Clocked(mhz=large.mhz, period_ns=period, power=power)
