"""Learning-rate schedules: pure functions of the step, so that a resumed run needs no memory."""

from __future__ import annotations

import math
from collections.abc import Callable

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
