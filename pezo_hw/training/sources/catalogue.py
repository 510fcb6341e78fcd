"""Sources by name: the distributions to compare with, and every config as a stream."""

from __future__ import annotations

import os

from ...config import load, preset_names
from ...errors import PezoError
from ..source import PerturbationSource
from ..stream_source import StreamSource
from .distributions import (
    GaussianSource,
    IntegerUniformSource,
    RademacherSource,
    RandomSource,
    UniformSource,
)

DISTRIBUTIONS: dict[str, type[RandomSource]] = {
    source.kind: source
    for source in (GaussianSource, RademacherSource, UniformSource, IntegerUniformSource)
}


def source_names() -> list[str]:
    """What `find_source` takes besides config files: distributions, then presets."""
    return [*DISTRIBUTIONS, *preset_names()]


def find_source(name: str) -> PerturbationSource:
    """A distribution by its name, or the stream of a preset or a config file.

    Raises
    ------
    PezoError
        Where there is no such distribution, preset or file, or the file is not a config.

    Examples
    --------
    >>> from pezo_hw.training.sources import find_source, source_names
    >>> find_source("rademacher").name
    'rademacher'
    >>> source_names()
    ['gaussian', 'rademacher', ..., 'spread', 'wide']
    """
    if name in DISTRIBUTIONS:
        return DISTRIBUTIONS[name]()
    if name not in preset_names() and not os.path.lexists(name):
        allowed = f"a TOML file or one of {', '.join(source_names())}"
        raise PezoError(f"there is no source {name}; allowed: {allowed}")
    return StreamSource(load(name))
