"""How often mapped netlists switch, and what standard cells draw for it."""

from .comparison import markdown, notes, ratios
from .figures import Clocked, InCells, PowerFigures
from .liberty import Liberty
from .measurement import Request, measure
from .toggles import Net, Toggles

__all__ = [
    "Clocked",
    "InCells",
    "Liberty",
    "Net",
    "PowerFigures",
    "Request",
    "Toggles",
    "markdown",
    "measure",
    "notes",
    "ratios",
]
