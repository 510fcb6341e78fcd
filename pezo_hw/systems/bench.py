"""What the benches of all systems have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..bench.bench import Bench

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class SystemBench(Bench):
    """The bench of a whole top module.

    Parameters
    ----------
    top : str
        The module's name in Verilog.
    create : callable
        Makes the hardware.
    """

    def __init__(self, top: str, create: Callable[[], Component]) -> None:
        self.top = top
        self._create = create

    def component(self) -> Component:
        return self._create()
