"""Options of a command that trains with every configuration, and how long that takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import rich_click as click

from ..errors import ConfigError
from ..explore import Candidate, Journal, Request, Space
from ..explore.figures import TRAINING
from ..explore.run import key_for
from ..explore.training import (
    MOST_SEEDS,
    MOST_STEPS,
    SEEDS,
    STEPS,
    ShortRuns,
    expected_seconds,
    require_training,
)
from .progress import patience
from .terminal import write

_Command = Callable[..., Any]

_OPTIONS: tuple[Callable[[_Command], _Command], ...] = (
    click.option("--train", is_flag=True, help="Train a small model with every configuration."),
    click.option(
        "--steps",
        type=click.IntRange(1, MOST_STEPS),
        metavar="N",
        help=f"Of a run of --train.  [default: {STEPS}]",
    ),
    click.option(
        "--seeds",
        type=click.IntRange(1, MOST_SEEDS),
        metavar="N",
        help=f"Runs of --train for each configuration.  [default: {SEEDS}]",
    ),
)


def short_run_options(command: _Command) -> _Command:
    """``--train``, ``--steps`` and ``--seeds``."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def training_of(
    space: Space, train: bool, steps: int | None, seeds: int | None
) -> ShortRuns | None:
    """What the options ask for.

    Raises
    ------
    ConfigError
        Without --train, for the others, and for a front that wants what only training tells.
    PezoError
        Where a package that trains is missing.
    """
    if train:
        require_training()
        return ShortRuns(steps=steps or STEPS, seeds=seeds or SEEDS)
    for option, value in (("--steps", steps), ("--seeds", seeds)):
        if value is not None:
            raise ConfigError(option, value, "with --train alone")
    for name in space.objectives.names:
        if name in TRAINING:
            raise ConfigError("front", name, "with --train alone")
    return None


def say_how_long(
    candidates: Sequence[Candidate], request: Request, workers: int, journal: Journal
) -> None:
    """The time that training will take, from a part of a run of one that is left."""
    left = [each for each in candidates if key_for(each, request) not in journal.known]
    if request.training is None or not left:
        return
    middle = left[len(left) // 2]
    with patience.during(lambda: f"training a part of {middle.name}, to know how long it takes"):
        seconds = expected_seconds(middle.config, request.training)
    minutes = math.ceil(seconds * len(left) / workers / 60)
    write(
        f"training: about {seconds:.2g} s for each of {len(left):,} configurations, "
        f"{minutes:,} min on {workers:,} process{'es' * (workers > 1)} with a processor each"
    )
