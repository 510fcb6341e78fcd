"""The comparison on a page of the documentation, with what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from inspect import getsource

from ..synth.cache import key_of
from . import activity, comparison, copies, gates, measurement, sta, standard_cells, toggles
from .comparison import markdown
from .figures import PowerFigures

# Another way of measuring, or of writing it down, may give other figures.
_MEASURING = (activity, comparison, copies, gates, measurement, sta, standard_cells, toggles)
_MARK = "<!-- of {key} -->"
_MARKED = re.compile(
    r"^<!-- (?P<name>power[^\n]*) -->\n<!-- of (?P<key>\w+) -->\n(?P<table>.*?)<!-- /power",
    re.MULTILINE | re.DOTALL,
)


def part_name(library: str | None = None, mhz: float | None = None) -> str:
    """The name of the part of a page that a comparison belongs in."""
    clock = "" if mhz is None else f" {mhz:g} MHz"
    return "power" if library is None else f"power {library}{clock}"


def part_key(name: str, keys: Sequence[str]) -> str:
    """A key from all that decides the figures of a part.

    What is within a library of standard cells is left out: it goes by its name.

    Parameters
    ----------
    name : str
        The part's.
    keys : sequence of str
        `PowerFigures.key` of each configuration.
    """
    return key_of("power", name, list(keys), *map(getsource, _MEASURING))


def page_part(name: str, all_figures: Sequence[PowerFigures]) -> str:
    """What the page shows there: the table, its notes, and, unseen, the key."""
    key = part_key(name, [figures.key for figures in all_figures])
    return f"{_MARK.format(key=key)}\n{markdown(all_figures)}"


def parts_of(page: str) -> dict[str, tuple[str, str]]:
    """The key and the table of each part of a page that was written, by the part's name."""
    return {found["name"]: (found["key"], found["table"]) for found in _MARKED.finditer(page)}
