"""The results as a picture: how accuracy rises, and where it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...tools.pictures import own_style, write_pictures
from .results import Results, Score, mean_and_deviation

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")
_LINES = ("-", "--", ":", "-.")


def write_plots(results: Results, folder: Path) -> list[Path]:
    """Writes ``plot.png`` and ``plot.svg``; returns their paths.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    return write_pictures(draw(results), folder)


@own_style()
def draw(results: Results) -> Figure:
    """Left the mean accuracy step by step, tuned; right the final accuracy, common and tuned."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    FigureCanvasAgg(figure)
    curves, ends = figure.subplots(1, 2, width_ratios=(3, 2))
    _draw_curves(curves, results)
    _draw_ends(ends, results)
    figure.suptitle(f"{results.parameters.model}: digits 0–4 known, fine-tuned on all ten")
    return figure


def _draw_curves(axes: Any, results: Results) -> None:
    for index, outcome in enumerate(results.tuned):
        points = [100 * accuracy for accuracy in outcome.curve]
        steps = [i * results.parameters.steps / (len(points) - 1) for i in range(len(points))]
        style = {"color": _colour(index), "linestyle": _line(index)}
        axes.plot(steps, points, label=outcome.source, **style)
    axes.set(xlabel="step", ylabel="test accuracy, %", ylim=(0, 100))
    axes.set_title("each at its own best setting", fontsize="medium")
    columns = 2 if len(results.tuned) > 6 else 1
    axes.legend(fontsize="small", ncols=columns, loc="lower right")
    axes.grid(alpha=0.3)


def _draw_ends(axes: Any, results: Results) -> None:
    for outcomes, marker, offset, label in (
        (results.common, "x", -0.12, f"best of {results.common[0].source}"),
        (results.tuned, "o", 0.12, "own best"),
    ):
        for index, outcome in enumerate(outcomes):
            mean, deviation = _percent([run.score for run in outcome.runs])
            name = label if index == 0 else None
            style = {"color": _colour(index), "capsize": 2, "label": name}
            axes.errorbar(mean, index + offset, xerr=deviation, fmt=marker, **style)
    axes.axvline(_percent(list(results.before))[0], color="grey", linestyle="--", label="before")
    names = [outcome.source for outcome in results.tuned]
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set(xlabel="final test accuracy, %", xlim=(0, 100))
    axes.set_title("mean ± deviation over seeds", fontsize="medium")
    axes.legend(fontsize="small")
    axes.grid(axis="x", alpha=0.3)


def _percent(scores: list[Score]) -> tuple[float, float]:
    return mean_and_deviation([100 * score.accuracy for score in scores])


def _colour(index: int) -> str:
    return _COLOURS[index % len(_COLOURS)]


def _line(index: int) -> str:
    """Another kind of line for each time that the colours begin again."""
    return _LINES[index // len(_COLOURS) % len(_LINES)]
