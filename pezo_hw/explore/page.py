"""The points of a space as a page to look around in: one file, which needs no network."""

from __future__ import annotations

import html
import json
from pathlib import Path

from ..tools.extras import require
from ..tools.files import fill_template, replacing
from ..version import __version__
from .figures import FIGURES, ORIGINS
from .table import ResultTable, narrowed

_TEMPLATE = Path(__file__).with_name("page.html")
_PACKAGES = ("matplotlib", "plotly")
# Of integers, what JavaScript's numbers hold to the last unit.
_EXACT_BITS = 53


def require_pictures() -> None:
    """Checks that a plot and a page can be made.

    Raises
    ------
    PezoError
        Where a package of the extra is missing.
    """
    require("a plot and a page need", _PACKAGES, extra="explore", instead="--no-pictures")


def write_page(table: ResultTable, path: Path) -> None:
    """Writes the page, whole or not at all.

    In it one chooses the axes and the colour, hovers over a point to see what it is, filters by
    keys and figures, and copies a point's TOML. plotly.js is part of the file.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    text = page(table)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def page(table: ResultTable) -> str:
    """Its text: the same for the same results and the same plotly.js."""
    from plotly.offline import get_plotlyjs

    objectives = table.space.objectives
    wanted = [f"least {name}" for name in objectives.minimise]
    wanted += [f"most {name}" for name in objectives.maximise]
    return fill_template(
        _TEMPLATE,
        title=html.escape(f"{table.space.name}: {len(table.candidates):,} configurations"),
        objectives=html.escape(", ".join(wanted)),
        about=html.escape(f"pezo explore {__version__}; charts by plotly.js (MIT licence)"),
        data=_data(table),
        plotly=get_plotlyjs(),
    )


def _data(table: ResultTable) -> str:
    """The points as JSON that can stand in a script."""
    content = {
        "rows": [
            {name: narrowed(cell, _EXACT_BITS) for name, cell in row.items()} for row in table.rows
        ],
        "keys": table.space.keys,
        "figures": {**FIGURES, **ORIGINS},
        "objectives": table.space.objectives.names,
    }
    # Of what would begin or end a script or a comment there is no first letter.
    return json.dumps(content, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
