"""The settings of the optimiser, learning-rate schedules among them.

A schedule is a pure function of the step, so that a resumed run needs no memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from .. import checks
from ..errors import ConfigError

Schedule = Callable[[int, int], float]


def constant(step: int, steps: int) -> float:
    """1 at every step (MeZO's default)."""
    return 1.0


def linear(step: int, steps: int) -> float:
    """From 1 at step 0 straight down to 0 at step ``steps`` and after."""
    return 1.0 - _done(step, steps)


def cosine(step: int, steps: int) -> float:
    """From 1 at step 0 along half a cosine down to 0 at step ``steps`` and after."""
    return 0.5 * (1.0 + math.cos(math.pi * _done(step, steps)))


def _done(step: int, steps: int) -> float:
    """The share of the run that is over, 0 to 1."""
    return min(step / steps, 1.0)


SCHEDULES: dict[str, Schedule] = {"constant": constant, "linear": linear, "cosine": cosine}


SMALLEST, LARGEST = 1e-30, 1e30


@dataclass(frozen=True, kw_only=True)
class ZOSGDParameters:
    """What ZO-SGD needs to know besides weights, source and loss (paper, equations 1 and 2).

    The defaults are MeZO's for RoBERTa-large.

    Parameters
    ----------
    learning_rate : float
        eta > 0 of equation 2, before the schedule.
    epsilon : float
        epsilon > 0 of equation 1: how far the two losses are taken from the weights.
    queries : int
        q >= 1 of equation 1: perturbations a step, each of which costs two losses.
    weight_decay : float
        At least 0; every step takes eta * weight_decay of a weight away, biases and normalisation
        layers excepted.
    schedule : str
        A name of `SCHEDULES`: a factor of the learning rate at each step.
    steps : int or None
        The length of the run; only the schedule asks for it, and ``"constant"`` does not.

    exact_restore : bool
        Whether the weights come back from w + epsilon z and w - epsilon z as the same bits: with
        the streams by keeping what the way back misses, else out of a copy. False is MeZO's way,
        +1, -2, +1 times epsilon z, where rounding may change last bits; the copy is then for a
        step that is cut short.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    learning_rate: float = 1e-6
    epsilon: float = 1e-3
    queries: int = 1
    weight_decay: float = 0.0
    schedule: str = "constant"
    steps: int | None = None
    exact_restore: bool = True

    def __post_init__(self) -> None:
        for key in ("learning_rate", "epsilon"):
            value = checks.positive_real(key, getattr(self, key), SMALLEST, LARGEST)
            object.__setattr__(self, key, value)
        object.__setattr__(self, "weight_decay", _decay(self.weight_decay))
        checks.truth("exact_restore", self.exact_restore)
        checks.integer("queries", self.queries, 1)
        checks.choice("schedule", self.schedule, list(SCHEDULES))
        if self.steps is not None:
            checks.integer("steps", self.steps, 1)
        elif self.schedule != "constant":
            raise ConfigError("steps", None, f'an integer >= 1 with schedule = "{self.schedule}"')

    def learning_rate_at(self, step: int) -> float:
        """The rate eta times the schedule's factor at a step >= 0."""
        return self.learning_rate * SCHEDULES[self.schedule](step, self.steps or 1)


def _decay(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise ConfigError("weight_decay", value, "a number >= 0")
    return float(value)  # type: ignore[arg-type]
