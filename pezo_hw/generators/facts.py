"""What a generator says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Rows with a share each, to be drawn as bars.

    Attributes
    ----------
    title : str
        What it shows.
    headings : sequence of str
        Those of the cells; the share stands behind them.
    rows : sequence of (tuple of str, float)
        The cells of each row, and its share of the whole, 0 to 1.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[tuple[tuple[str, ...], float]]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The one source of a report, of the manifest's entries and of the C header's constants.

    Attributes
    ----------
    described : dict of str to str
        What it is, in words and numbers, by what is described.
    charts : sequence of Chart
        What is better seen.
    manifest : dict of str to object
        Entries of the manifest, fit for JSON.
    constants : dict of str to str
        C expressions by the names of constants, without the prefix that the header gives them.
    objects : callable
        ``objects(top)``: C declarations behind the constants, given the prefix of their names.
    """

    described: dict[str, str]
    manifest: dict[str, object]
    charts: Sequence[Chart] = ()
    constants: dict[str, str] = field(default_factory=dict)
    objects: Callable[[str], str] = lambda top: ""
