"""What is wanted of a configuration, and which configurations nothing is better than."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ConfigError
from .figures import FIGURES

_DIRECTIONS = ("minimise", "maximise")


@dataclass(frozen=True, kw_only=True)
class Objectives:
    """Figures that are to be small, and figures that are to be large.

    Parameters
    ----------
    minimise, maximise : tuple of str
        Names of `pezo_hw.explore.figures.FIGURES`; together at least two, none of them twice.

    Raises
    ------
    ConfigError
        For a name that is none or stands there twice, and where there are fewer than two.

    Examples
    --------
    >>> from pezo_hw.explore.objectives import Objectives
    >>> wanted = Objectives(minimise=("lut_sites",), maximise=("participation",))
    >>> rows = [(32, 950.0), (64, 974.0), (64, 970.0), (40, None)]
    >>> points = [dict(zip(wanted.names, row)) for row in rows]
    >>> wanted.front(points)
    [True, True, False, False]
    """

    minimise: tuple[str, ...] = ("lut_sites",)
    maximise: tuple[str, ...] = ("isotropy",)

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for direction in _DIRECTIONS:
            for name in getattr(self, direction):
                if not isinstance(name, str) or name not in FIGURES or name in seen:
                    allowed = f"figures, each once, of {', '.join(FIGURES)}"
                    raise ConfigError(direction, name, allowed)
                seen.add(name)
        if len(seen) < 2:
            found = list(seen)
            raise ConfigError("minimise", found, "with maximise together two figures or more")

    @classmethod
    def read(cls, section: str, said: object) -> Objectives:
        """What a section of a space file says; its keys are the parameters, each a list."""
        if not isinstance(said, Mapping):
            raise ConfigError(section, said, f"a section [{section}]")
        for key, value in said.items():
            if key not in _DIRECTIONS:
                raise ConfigError(f"{section}.{key}", value, " or ".join(_DIRECTIONS))
            if not isinstance(value, list):
                raise ConfigError(f"{section}.{key}", value, "a list of figures")
        try:
            return cls(**{key: tuple(value) for key, value in said.items()})
        except ConfigError as error:
            raise error.within(section) from None

    @property
    def names(self) -> tuple[str, ...]:
        """Of all of them."""
        return (*self.minimise, *self.maximise)

    def front(self, points: Sequence[Mapping[str, object]]) -> list[bool]:
        """Whether each point is on the Pareto front, exactly.

        A point is not where another is as good in all figures and better in one. Of points that
        are equal in all of them, all are or none is. A point without one of the figures is not.

        Parameters
        ----------
        points : sequence of mapping
            The figures of each by their names.
        """
        costs = np.array([self._costs(point) for point in points], dtype=np.float64)
        is_front = np.zeros(len(points), dtype=bool)
        if len(points):
            known = np.flatnonzero(np.isfinite(costs).all(axis=1))
            is_front[known] = _undominated(costs[known])
        return [bool(each) for each in is_front]

    def _costs(self, point: Mapping[str, object]) -> list[float]:
        signs = [*(1.0 for _ in self.minimise), *(-1.0 for _ in self.maximise)]
        return [
            sign * value if isinstance(value := point.get(name), int | float) else np.nan
            for sign, name in zip(signs, self.names, strict=True)
        ]


def _undominated(costs: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which rows no other row is at most equal to in all columns and below in one.

    In the order of the columns a row can only be dominated by one before it, and then also by one
    of the front, so that each is held against the front alone.
    """
    order = np.lexsort(costs.T[::-1])
    front = np.empty_like(costs)
    count = 0
    kept = np.zeros(len(costs), dtype=bool)
    for index in order:
        row, so_far = costs[index], front[:count]
        if not ((so_far <= row).all(axis=1) & (so_far < row).any(axis=1)).any():
            kept[index] = True
            front[count] = row
            count += 1
    return kept
