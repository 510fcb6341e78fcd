"""The boards that there are."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from amaranth.vendor import XilinxPlatform

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Board:
    """A board.

    Attributes
    ----------
    name : str
        What it is called on the command line: the name of its module in `rtl`, and of the Verilog
        in ``templates`` that presses its buttons in a simulation.
    title : str
        What its maker calls it.
    platform_name : str
        The class of its platform, which has the resources that `Shell` needs.
    """

    name: str
    title: str
    platform_name: str

    @property
    def platform(self) -> type[XilinxPlatform]:
        """The class of its platform."""
        module = import_module(f"{__package__}.rtl.{self.name}")
        return cast("type[XilinxPlatform]", getattr(module, self.platform_name))

    @property
    def surroundings(self) -> tuple[Path, ...]:
        """Verilog of what is around the device in a simulation, and of what the device has."""
        return _TEMPLATES / f"{self.name}.v", _TEMPLATES / "primitives.v"


BOARDS = {
    board.name: board
    for board in (Board(name="zcu102", title="ZCU102", platform_name="ZCU102Platform"),)
}
DEFAULT_BOARD = "zcu102"
