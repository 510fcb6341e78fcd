"""Matplotlib's figures as files and as text: the same picture is the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .files import replacing

FORMATS = ("svg", "png")
_DOTS_AN_INCH = 150
_SALT = "pezo_hw"


@contextmanager
def own_style(**settings: Any) -> Iterator[None]:
    """Draws and saves in Matplotlib's own style, whatever a ``matplotlibrc`` of the user's says.

    Parameters
    ----------
    settings : Any
        Matplotlib's rc settings that are to differ from its own.
    """
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": _SALT, **settings})
        yield


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
    kind = path.suffix.removeprefix(".").lower()
    # Neither a date nor names by chance.
    metadata = {"Date": None} if kind == "svg" else {}
    with replacing(path) as temporary, own_style(**settings):
        figure.savefig(temporary, format=kind, dpi=_DOTS_AN_INCH, metadata=metadata)


def write_pictures(
    figure: Any, folder: Path, names: Sequence[str] = ("plot.png", "plot.svg"), **settings: Any
) -> list[Path]:
    """Writes one figure to several files of a folder, each as by `write_picture`; their paths."""
    paths = [folder / name for name in names]
    for path in paths:
        write_picture(figure, path, **settings)
    return paths


def svg_text(figure: Any, **options: Any) -> str:
    """A figure as the ``<svg>`` element of a page, without what stands before it in a file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        What is drawn.
    options : Any
        More for Matplotlib's ``savefig``, such as ``transparent=True``.
    """
    from matplotlib import rc_context

    text = io.StringIO()
    with rc_context({"svg.hashsalt": _SALT}):
        figure.savefig(text, format="svg", metadata={"Date": None}, **options)
    svg = text.getvalue()
    return svg[svg.index("<svg") :]
