"""The comparison as a picture: how accuracy rises, and where each variant ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...tools.pictures import own_style, write_pictures
from ..experiment.results import mean_and_deviation
from .results import Row

_COLOURS = {"zo": "#d55e00", "control": "#999999", "elastic": "#0072b2", "bp": "#009e73"}
_MARKERS = {0: "o", 1: "s", 2: "^"}


def write_plots(rows: Sequence[Row], steps: int, folder: Path) -> list[Path]:
    """Writes ``plot.png`` and ``plot.svg``; returns their paths.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    return write_pictures(draw(rows, steps), folder)


@own_style()
def draw(rows: Sequence[Row], steps: int) -> Figure:
    """Left the mean accuracy over the steps; right the final accuracy of each variant, by name.

    A colour is a method and a marker the size of its head; integers alone are dashed and hollow.
    """
    figure = Figure(figsize=(10, 4), layout="constrained")
    FigureCanvasAgg(figure)
    curves, ends = figure.subplots(1, 2, width_ratios=(3, 2))
    _draw_curves(curves, rows, steps)
    _draw_ends(ends, rows)
    return figure


def _draw_curves(axes: Any, rows: Sequence[Row], steps: int) -> None:
    for row in rows:
        places = [index * steps / (len(row.curve) - 1) for index in range(len(row.curve))]
        line = "--" if row.variant.is_integer else "-"
        axes.plot(places, row.curve, linestyle=line, markersize=4, **_style(row))
    axes.set(xlabel="step", ylabel="test accuracy, %", ylim=(0, 100))
    axes.set_title(
        "mean over the seeds, on 1000 of the images; marks as on the right", fontsize="medium"
    )
    axes.grid(alpha=0.3)


def _draw_ends(axes: Any, rows: Sequence[Row]) -> None:
    for index, row in enumerate(rows):
        mean, deviation = mean_and_deviation(row.accuracies)
        axes.errorbar(mean, index, xerr=deviation, capsize=2, linestyle="none", **_style(row))
        axes.annotate(
            f"{mean:.1f}",
            (mean, index),
            (0, 6),
            textcoords="offset points",
            ha="center",
            fontsize="x-small",
        )
    axes.set_yticks(range(len(rows)), [row.variant.name for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.8)
    axes.set(xlabel="final test accuracy, %", xlim=(0, 100))
    axes.set_title("mean ± deviation over the seeds", fontsize="medium")
    axes.grid(axis="x", alpha=0.3)


def _style(row: Row) -> dict[str, Any]:
    variant = row.variant
    colour = _COLOURS[variant.method]
    return {
        "color": colour,
        "marker": _MARKERS[variant.layers],
        "markerfacecolor": "white" if variant.is_integer else colour,
        "label": variant.name,
    }
