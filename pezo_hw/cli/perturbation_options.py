"""Options of every command that looks at perturbations: how long they are, and how many.

They stand apart from what all commands share, since the limits come with NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rich_click as click

from ..quality.quality import LENGTH, LONGEST, MOST_SAMPLES
from ..quality.sampled import FEWEST

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def length_option(purpose: str = "") -> Decorator:
    """``--length D``; the purpose, such as ", for the quality", ends what its help says."""
    return click.option(
        "--length",
        type=click.IntRange(1, LONGEST),
        default=LENGTH,
        show_default=True,
        metavar="D",
        help=f"Numbers of a perturbation{purpose}.",
    )


def samples_option(default: int) -> Decorator:
    """``--samples N``, so many unless it is given."""
    return click.option(
        "--samples",
        type=click.IntRange(FEWEST, MOST_SAMPLES),
        default=default,
        show_default=True,
        metavar="N",
        help="Perturbations drawn where an orbit is too long to take all of them.",
    )
