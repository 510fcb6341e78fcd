"""The AXI system: registers on AXI4-Lite, beats on AXI4-Stream."""

from .system import AXISystem

__all__ = ["AXISystem"]
