"""The points of a space as a picture: two figures, and the front."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..tools.pictures import FORMATS, own_style, write_pictures
from .figures import FIGURES
from .table import IS_FRONT, Cell, ResultTable

# Colours that all can tell apart (Okabe and Ito).
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#f0e442", "#999999")
_FRONT_COLOUR = "#d55e00"
_MOST_NAMES = 24
# Beyond this ratio of the largest to the smallest, an axis is logarithmic.
_DECADE = 10

Point = dict[str, Cell]


def write_plots(table: ResultTable, folder: Path, name: str) -> list[str]:
    """Writes ``name.svg`` and ``name.png``; returns their names.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    names = [f"{name}.{kind}" for kind in FORMATS]
    write_pictures(draw(table), folder, names, **{"svg.fonttype": "none"})
    return names


@own_style()
def draw(table: ResultTable) -> Figure:
    """The first objective across, the last one up; a colour for each strategy, the front joined."""
    across, up = table.space.objectives.names[0], table.space.objectives.names[-1]
    points = [row for row in table.rows if row[across] is not None and row[up] is not None]
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    _draw_points(axes, points, across, up)
    _draw_front(axes, [row for row in points if row[IS_FRONT]], across, up)
    for name, axis in ((across, "x"), (up, "y")):
        _set_axis(axes, axis, name, [row[name] for row in points])
    axes.set_title(f"{table.space.name}: {len(points):,} configurations")
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    return figure


def _draw_points(axes: Any, points: Sequence[Point], across: str, up: str) -> None:
    strategies = list(dict.fromkeys(str(row["perturbation.strategy"]) for row in points))
    for index, strategy in enumerate(strategies):
        own = [row for row in points if row["perturbation.strategy"] == strategy]
        xs, ys = [row[across] for row in own], [row[up] for row in own]
        colour = _COLOURS[index % len(_COLOURS)]
        # As a picture: thousands of points are a file of megabytes otherwise.
        style = {"s": 14, "alpha": 0.5, "linewidths": 0, "rasterized": len(own) > 500}
        axes.scatter(xs, ys, color=colour, label=strategy, **style)


def _draw_front(axes: Any, front: Sequence[Point], across: str, up: str) -> None:
    """One mark for each place, with the name of the first that is there."""
    places = {(row[across], row[up]): row for row in reversed(front)}
    ordered = sorted(places, key=lambda place: tuple(map(float, place)))  # type: ignore[arg-type]
    xs, ys = [x for x, _ in ordered], [y for _, y in ordered]
    style = {"drawstyle": "steps-post", "markersize": 5, "linewidth": 1}
    axes.plot(xs, ys, "o-", color=_FRONT_COLOUR, label="front", **style)
    for index, place in enumerate(ordered[:_MOST_NAMES]):
        number = str(places[place]["index"])
        below = index % 2
        axes.annotate(
            number, place, xytext=(4, -11 if below else 5), textcoords="offset points",
            fontsize=7, color=_FRONT_COLOUR,
        )  # fmt: skip


def _set_axis(axes: Any, axis: str, name: str, values: Sequence[Cell]) -> None:
    numbers = [float(value) for value in values if value is not None]
    is_wide = bool(numbers) and min(numbers) > 0 and max(numbers) / min(numbers) > _DECADE
    axes.set(
        **{
            f"{axis}label": f"{name}: {FIGURES[name]}",
            f"{axis}scale": "log" if is_wide else "linear",
        }
    )
