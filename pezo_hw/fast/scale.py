"""The factor of a perturbation: one for all tensors, or one for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from ..checks import real
from ..errors import ConfigError

Scale = float | Sequence[float]


def per_tensor(scale: Scale, count: int) -> list[float]:
    """A factor for each of ``count`` tensors.

    Raises
    ------
    ConfigError
        For what is no finite number, or another number of them than there are tensors.
    """
    if not isinstance(scale, (list, tuple)):
        return [real("scale", scale)] * count
    if len(scale) != count:
        raise ConfigError("scale", f"{len(scale)} numbers", f"one number, or {count} of them")
    return [real("scale", value) for value in scale]


def times(factor: float, scale: Scale) -> Scale:
    """The scale with every factor multiplied."""
    if isinstance(scale, (list, tuple)):
        return [factor * value for value in scale]
    return factor * scale  # type: ignore[operator]


def shortest(scales: Sequence[float]) -> Scale:
    """One number where all are the same: sources that know of no other then do as well."""
    return scales[0] if len(set(scales)) == 1 else list(scales)
