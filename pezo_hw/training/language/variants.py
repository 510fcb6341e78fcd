"""What is compared: sources by name, and those of a row of settings by a number behind it."""

from __future__ import annotations

import re

from ...config import parse
from ...errors import PezoError
from ..source import PerturbationSource, fingerprint_of
from ..sources import GaussianSource, find_source, source_names
from ..stream_source import StreamSource

ZERO_SHOT = "zero-shot"
BACKPROPAGATION = "bp"
# MeZO's own.
REFERENCE = GaussianSource.kind

_ON_THE_FLY = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
# What varies, with everything else as in the paper's settings; "lanes" is `spread` on wide tiles.
_TEXTS = {
    "pool": '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = {}\n',
    "rngs": _ON_THE_FLY + "rngs = {}\nwidth = 8\n",
    "width": _ON_THE_FLY + "rngs = 31\nwidth = {}\n",
    "lanes": _ON_THE_FLY
    + "rngs = 31\nwidth = 11\ntaps = [11, 9]\nsteps_per_cycle = 4\nlanes = {}\n"
    + "[scaling]\ngain = 0.8\n",
}
# Without zeros in front, so that there is one name for each.
_NAME = re.compile(rf"({'|'.join(_TEXTS)})-(0|[1-9]\d{{0,8}})", re.ASCII)

VARIED: dict[str, tuple[int, ...]] = {
    "pool": tuple(2**bits - 1 for bits in range(8, 17)),
    "rngs": tuple(2**bits - 1 for bits in range(2, 7)),
    "width": (6, 8, 10, 12, 14, 16),
    "lanes": (31, 124, 496, 1024, 4096, 16384, 65536),
}
# What the lanes of `spread` and the sources of the paper are compared with.
_REFERENCES = (ZERO_SHOT, REFERENCE)
STUDIES: dict[str, tuple[str, ...]] = {
    "sources": (
        ZERO_SHOT,
        BACKPROPAGATION,
        REFERENCE,
        "rademacher",
        "uniform",
        "integer-uniform",
        "paper-pool",
        "row-pool",
        "paper-roberta",
        "paper-opt",
        "spread",
        "wide",
        "lanes-1024",
    ),
    **{
        what: (*_REFERENCES, *(f"{what}-{number}" for number in numbers))
        for what, numbers in VARIED.items()
    },
}


def find_variant(name: str) -> PerturbationSource:
    """A source by one of `find_source`'s names, or one of a row: ``rngs-7``, ``lanes-1024``.

    Raises
    ------
    PezoError
        Where there is no such source, or the number is none that the setting can have.

    Examples
    --------
    >>> from pezo_hw.training.language.variants import find_variant
    >>> find_variant("pool-255").name, find_variant("wide").name
    ('pool-255', 'wide')
    """
    found = _NAME.fullmatch(name)
    if found is None:
        try:
            return find_source(name)
        except PezoError as error:
            rows = ", ".join(f"{what}-N" for what in _TEXTS)
            error.args = (f"{error}, {rows}",)
            raise
    return StreamSource(parse(_TEXTS[found[1]].format(int(found[2])), name=name))


def recorded_name(name: str) -> str:
    """What a source is called in records: a config file by its numbers as well.

    Raises
    ------
    PezoError
        As `find_variant`.
    """
    if name in (ZERO_SHOT, BACKPROPAGATION, *source_names()) or _NAME.fullmatch(name):
        return name
    return f"{name} {fingerprint_of(find_variant(name))}"
