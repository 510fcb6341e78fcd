"""The generator alone, behind a clock enable."""

from .system import CoreSystem

__all__ = ["CoreSystem"]
