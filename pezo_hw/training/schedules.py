"""Learning-rate schedules: pure functions of the step, so that a resumed run needs no memory."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..checks import MOST_BITS, choice, real
from ..errors import ConfigError

Schedule = Callable[[int, int], float]
_LOOKED_AT = 17


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


def factor_at(schedule: str | Schedule, step: int, steps: int | None, warmup: int) -> float:
    """The factor of the learning rate at a step >= 0.

    Over ``warmup`` steps it rises in equal parts to 1; the schedule then runs over what is left.

    Raises
    ------
    ConfigError
        Where a schedule of the caller's gives no finite number.
    """
    if step < warmup:
        return (step + 1) / (warmup + 1)
    function = schedule if callable(schedule) else SCHEDULES[schedule]
    return real("schedule", function(step - warmup, max((steps or 1) - warmup, 1)))


def checked_schedule(schedule: object, steps: int | None) -> None:
    """Raises ConfigError for what is no schedule, or has no end where it needs one."""
    if callable(schedule):
        return
    name = choice("schedule", schedule, [*SCHEDULES])
    if steps is None and name != "constant":
        raise ConfigError("steps", None, f'an integer >= 1 with schedule = "{name}"')


def identity_of(schedule: str | Schedule, steps: int | None) -> str | list[float]:
    """What a checkpoint knows a schedule by: its name, or factors of the caller's over the run."""
    if not callable(schedule):
        return schedule
    length = steps or MOST_BITS
    marks = sorted({length * part // (_LOOKED_AT - 1) for part in range(_LOOKED_AT)})
    return [real("schedule", schedule(step, steps or 1)) for step in marks]
