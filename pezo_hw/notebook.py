"""What an object looks like in a notebook: a small table, and a picture where Matplotlib is there.

Matplotlib is loaded when the first picture is drawn, never by an import of the package.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .tools.pictures import own_style, svg_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BINS = 64
_COLOUR = "#0072b2"
_INCHES = (5, 1.8)
# In the colours of the page around it, which may be dark.
_TABLE = '<table style="border-collapse: collapse"><caption style="text-align: left">'


def card(title: str, rows: Iterable[Sequence[str]], picture: str = "") -> str:
    """HTML of rows under a title, the first cell of each being its name, and of a picture.

    Parameters
    ----------
    title : str
        Plain text, as are the cells.
    rows : iterable of sequences of str
        The cells of each.
    picture : str
        HTML below the table, as `histogram` and `bars` give it.

    Examples
    --------
    >>> from pezo_hw.notebook import card
    >>> "<th" in card("a title", [("lanes", "31")]) and "31</td>" in card("", [("lanes", "31")])
    True
    """
    lines = "".join(f"<tr>{_name(name)}{''.join(map(_cell, cells))}</tr>" for name, *cells in rows)
    return f"<div>{_TABLE}<b>{html.escape(title)}</b></caption>{lines}</table>{picture}</div>"


def histogram(values: NDArray[Any], label: str) -> str:
    """How often which number comes, as SVG; empty without Matplotlib.

    Parameters
    ----------
    values : ndarray
        The numbers, of any shape.
    label : str
        What they are.
    """

    def draw(axes: Axes) -> None:
        axes.hist(np.asarray(values, np.float64).ravel(), bins=_BINS, color=_COLOUR)
        axes.set(xlabel=label, yticks=[])

    return _svg(draw)


def bars(names: Sequence[str], shares: Sequence[float], label: str) -> str:
    """A bar for each name, as SVG; empty without Matplotlib.

    Parameters
    ----------
    names, shares : sequences of str and of float
        What each bar is of, and how long it is.
    label : str
        What the shares are of.
    """

    def draw(axes: Axes) -> None:
        axes.bar(range(len(names)), shares, color=_COLOUR)
        axes.set(xlabel=label, yticks=[], xticks=range(len(names)))
        axes.set_xticklabels(names, fontsize="small")

    return _svg(draw)


def _name(text: str) -> str:
    return f'<th style="text-align: left; padding-right: 1em">{html.escape(text)}</th>'


def _cell(text: str) -> str:
    return f'<td style="text-align: left; padding-right: 1em">{html.escape(text)}</td>'


def _svg(draw: Any) -> str:
    if find_spec("matplotlib") is None:
        return ""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with own_style():
        figure = Figure(figsize=_INCHES, layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.subplots())
        return svg_text(figure)
