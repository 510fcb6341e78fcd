"""Perturbations on command behind AXI4-Lite registers and AXI4-Stream frames."""

from .system import AXISystem

__all__ = ["AXISystem"]
