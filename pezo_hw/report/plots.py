"""Plots as SVG that follow the page's colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..config import Config
from ..synth.resources import Resources
from ..synth.rows import MEZO, OPT, PRE_GENERATION, ROBERTA, PaperRow
from ..text import count
from ..tools.pictures import own_style, svg_text

# The ink becomes that of the page; these two stand out on light and dark.
_INK, OURS, THEIRS = "#010203", "#3b7dd8", "#d9822b"
_MOST_NUMBERS = 1 << 20
_MOST_LANES = 1 << 10
PAPER = (MEZO, PRE_GENERATION, ROBERTA, OPT)
_STYLE = (
    "<style>svg { color: #1b2430; } @media screen and (prefers-color-scheme: dark) "
    "{ svg { color: #dfe3ea; } }</style>"
)
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica", "Arial", "DejaVu Sans"],
    **dict.fromkeys(
        ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _INK
    ),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}


def distribution_plot(config: Config) -> str:
    """The numbers beside a Gaussian; norms of cycles beside those of independent numbers."""

    def draw(figure: Any) -> None:
        numbers = _numbers(config)
        left, right = figure.subplots(1, 2)
        _draw_numbers(left, numbers)
        _draw_norms(right, numbers)

    return _svg(draw, (9.0, 3.0))


def resources_plot(name: str, found: Resources) -> str:
    """LUTs, flip-flops and block RAMs as bars beside those of the paper's table 6."""

    def draw(figure: Any) -> None:
        used = {"LUT": found.lut, "FF": found.ff, "BRAM": found.bram}
        for axes, (what, ours) in zip(figure.subplots(1, 3), used.items(), strict=True):
            _draw_bars(axes, what, [ours, *(_of(row, what) for row in PAPER)])
            axes.set_yticks(range(1 + len(PAPER)), [name, *map(_short, PAPER)])
            if what != "LUT":
                axes.tick_params(labelleft=False)

    return _svg(draw, (9.0, 2.2))


def _svg(draw: Callable[[Any], None], inches: tuple[float, float]) -> str:
    from matplotlib.figure import Figure

    with own_style(**_SETTINGS):
        figure = Figure(figsize=inches, layout="constrained")
        draw(figure)
        svg = svg_text(figure, transparent=True).replace(_INK, "currentColor")
    head, end, rest = svg.partition(">")
    return f"{head}{end}{_STYLE}{rest}"


def _numbers(config: Config) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The stream from cycle 0 on, cycle by cycle: its orbit, or a million numbers of it."""
    parameters = config.parameters
    lanes = min(parameters.lanes, _MOST_LANES)
    cycles = min(parameters.joint_orbit, max(1, _MOST_NUMBERS // parameters.lanes))
    return config.stream().values(0, cycles)[:, :lanes].astype(np.float64)


def _draw_numbers(axes: Any, numbers: Any) -> None:
    flat = numbers.reshape(-1)
    edges = np.linspace(-4, 4, 65)
    axes.hist(flat, bins=edges, density=True, color=OURS, label="this stream")
    x = np.linspace(-4, 4, 200)
    axes.plot(x, np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi), color=THEIRS, label="Gaussian")
    axes.set(xlabel="number", ylabel="density", xlim=(-4, 4))
    axes.legend(fontsize="small")


def _draw_norms(axes: Any, numbers: Any) -> None:
    lanes = numbers.shape[1]
    norms = np.sqrt((numbers**2).mean(axis=1))
    independent = np.random.default_rng(1).chisquare(lanes, 20_000)
    edges = np.linspace(0, 2, 81)
    for values, colour, label, kind in (
        (norms, OURS, "this stream", "stepfilled"),
        (np.sqrt(independent / lanes), THEIRS, "independent Gaussian", "step"),
    ):
        weights = np.full(len(values), 1 / len(values))
        style = {"color": colour, "label": label, "histtype": kind, "weights": weights}
        axes.hist(values, bins=edges, linewidth=1.5, **style)
    axes.set(xlabel=f"norm of a cycle's {lanes} numbers / √{lanes}", ylabel="share of the cycles")
    axes.legend(fontsize="small")


def _draw_bars(axes: Any, what: str, bars: list[float | None]) -> None:
    for place, number in enumerate(bars):
        axes.barh(place, number or 0, color=THEIRS if place else OURS)
        axes.annotate(
            count(number), (number or 0, place), (4, 0), textcoords="offset points", va="center"
        )
    axes.set_xscale("symlog", linthresh=1)
    axes.set_xlim(0, 10 * max(1.0, *(number or 0 for number in bars)))
    axes.invert_yaxis()
    axes.set_title(what, fontsize="medium")


def _short(row: PaperRow) -> str:
    """Its name without what all of them are, and without sizes."""
    kind, _, size = row.design.removeprefix("PeZO ").partition(",")
    return kind if row in (MEZO, PRE_GENERATION) else kind + size


def _of(row: PaperRow, what: str) -> float | None:
    return {"LUT": row.lut, "FF": row.ff, "BRAM": row.bram}[what]
