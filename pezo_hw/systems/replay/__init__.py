"""Perturbations on command: the next one, or the same again."""

from .system import ReplaySystem

__all__ = ["ReplaySystem"]
