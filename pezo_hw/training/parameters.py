"""The settings of the optimiser."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from .. import checks
from ..errors import ConfigError
from .schedules import Schedule, checked_schedule, factor_at, identity_of

SMALLEST, LARGEST = 1e-30, 1e30
CHOICES = ("mean", "conservative")


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
    schedule : str or callable
        A name of `SCHEDULES`, or a function of (step, steps): a factor of the learning rate. It
        must depend on nothing else, or a resumed run is another one.
    steps : int or None
        The length of the run; only the schedule asks for it, and ``"constant"`` does not.
    warmup : int
        Steps at the beginning over which the rate rises in equal parts; the schedule runs over
        what is left.
    momentum : float
        From 0 to below 1: the update is the sum of momentum^k times the one of k steps ago. No
        velocity is stored: the perturbations of those steps are added again.
    memory : int
        How many steps the momentum remembers, this one included.
    clip : float or None
        The most that the size of a projected gradient may be; None for no bound.
    two_sided : bool
        False takes (L(w + epsilon z) - L(w)) / epsilon: q + 1 losses a step instead of 2 q.
    choice : str
        ``"mean"`` does the update; ``"conservative"`` takes the least loss of w, of the update and
        of its opposite, for three losses more (without momentum).
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
    schedule: str | Schedule = "constant"
    steps: int | None = None
    warmup: int = 0
    momentum: float = 0.0
    memory: int = 20
    clip: float | None = None
    two_sided: bool = True
    choice: str = "mean"
    exact_restore: bool = True

    def __post_init__(self) -> None:
        for key in ("learning_rate", "epsilon"):
            value = checks.positive_real(key, getattr(self, key), SMALLEST, LARGEST)
            object.__setattr__(self, key, value)
        decay = at_least_zero("weight_decay", self.weight_decay)
        object.__setattr__(self, "weight_decay", decay)
        for key in ("exact_restore", "two_sided"):
            checks.truth(key, getattr(self, key))
        for key, low in (("queries", 1), ("warmup", 0), ("memory", 1)):
            checks.integer(key, getattr(self, key), low)
        if self.steps is not None:
            checks.integer("steps", self.steps, 1)
        checked_schedule(self.schedule, self.steps)
        if self.clip is not None:
            checks.positive_real("clip", self.clip, SMALLEST, LARGEST)
        self._check_momentum()

    def learning_rate_at(self, step: int) -> float:
        """The rate eta times the schedule's factor at a step >= 0."""
        return self.learning_rate * self.factor_at(step)

    def factor_at(self, step: int) -> float:
        """What every learning rate is multiplied with at a step >= 0."""
        return factor_at(self.schedule, step, self.steps, self.warmup)

    def identity(self) -> dict[str, Any]:
        """What has to be the same for a run to be the same, fit for JSON."""
        return asdict(self) | {"schedule": identity_of(self.schedule, self.steps)}

    def _check_momentum(self) -> None:
        momentum = at_least_zero("momentum", self.momentum)
        if momentum >= 1:
            raise ConfigError("momentum", self.momentum, "a number from 0 to below 1")
        object.__setattr__(self, "momentum", momentum)
        checks.choice("choice", self.choice, CHOICES)
        if momentum and self.choice != "mean":
            raise ConfigError("choice", self.choice, '"mean" with momentum')


def at_least_zero(key: str, value: object) -> float:
    """A finite number >= 0 as a float."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise ConfigError(key, value, "a number >= 0")
    return float(value)  # type: ignore[arg-type]
