"""Matplotlib's figures as files: the same picture is the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .files import replacing

FORMATS = ("svg", "png")
_DOTS_AN_INCH = 150
_SALT = "pezo_hw"


def write_picture(figure: Any, path: Path, **settings: Any) -> None:
    """Writes a figure whole or not at all.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What is drawn.
    path : Path
        Ends in one of `FORMATS`.
    settings : Any
        More of Matplotlib's rc settings while it is written, such as ``{"svg.fonttype": "none"}``.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    from matplotlib import rc_context

    kind = path.suffix.removeprefix(".").lower()
    # Neither a date nor names by chance.
    metadata = {"Date": None} if kind == "svg" else {}
    with replacing(path) as temporary, rc_context({"svg.hashsalt": _SALT, **settings}):
        figure.savefig(temporary, format=kind, dpi=_DOTS_AN_INCH, metadata=metadata)
