"""Perturbations that are too few to learn in, said rather than found out by training."""

from __future__ import annotations

from collections.abc import Sequence

from ..config import Config
from .terminal import say

# What the small models of the documentation need: 819 trained one of them, 91 and 13 did not.
FEWEST = 1000


def warn_of_few(config: Config, sizes: Sequence[int] = ()) -> None:
    """A line on standard error where there are fewer different perturbations than `FEWEST`.

    Parameters
    ----------
    config : Config
        Whose.
    sizes : sequence of int
        Of the tensors of the model at hand; where there are none, of any model.
    """
    generator = config.generator
    number = generator.different(sizes) if sizes else generator.starts
    if number >= FEWEST:
        return
    most, whose = ("", f"of {sum(sizes):,} numbers") if sizes else ("at most ", "of a length")
    say(
        f"warning: {config.name} has {most}{number:,} different perturbations {whose}, "
        f"less than {FEWEST:,}: a model is changed along no other directions"
    )
