"""The systems that there are."""

from __future__ import annotations

from .axi import AXISystem
from .core import CoreSystem
from .replay import ReplaySystem
from .stream import StreamSystem
from .system import System

SYSTEMS: dict[str, System] = {
    system.name: system for system in (CoreSystem(), StreamSystem(), ReplaySystem(), AXISystem())
}
CORE = CoreSystem.name
