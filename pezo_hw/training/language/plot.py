"""Results as a picture: sources beside one another, or a row of settings from small to large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...tools.pictures import write_picture
from .parameters import LanguageParameters
from .results import Outcome, chosen, sections
from .variants import REFERENCE, VARIED, ZERO_SHOT

_BLUE, _RED, _GREY = "#0072b2", "#d55e00", "#777777"
_LABELS = {
    "pool": "numbers in the pool",
    "rngs": "RNGs of 8 bits",
    "width": "bits of 31 RNGs",
    "lanes": "lanes that 31 RNGs of 11 bits serve",
}


def write_plots(
    parameters: LanguageParameters, found: dict[str, list[Outcome]], folder: Path
) -> list[Path]:
    """Writes ``plot.png`` and ``plot.svg``; returns their paths.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    figure = draw(parameters, found)
    paths = [folder / "plot.png", folder / "plot.svg"]
    for path in paths:
        write_picture(figure, path)
    return paths


def draw(parameters: LanguageParameters, found: dict[str, list[Outcome]]) -> Figure:
    """Accuracy left; training loss right."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    if parameters.study in VARIED and not parameters.sources:
        _draw_row(left, right, parameters.study, found)
    else:
        _draw_sources(left, right, found)
    left.grid(alpha=0.3)
    right.grid(alpha=0.3)
    figure.suptitle(
        f"all-MiniLM-L6-v2, last two layers, {parameters.task}, k = {parameters.k}, "
        f"{parameters.steps} steps, {parameters.seeds} seeds"
    )
    return figure


def _draw_row(left: Any, right: Any, study: str, found: dict[str, list[Outcome]]) -> None:
    """Mean and deviation against the number that varies; what is compared with as a band."""
    numbers = [number for number in VARIED[study] if f"{study}-{number}" in found]
    listed = [chosen(found[f"{study}-{number}"]) for number in numbers]
    for axes, pairs in (
        (left, [outcome.accuracy for outcome in listed]),
        (right, [outcome.loss("training") for outcome in listed]),
    ):
        means, deviations = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        axes.errorbar(numbers, means, yerr=deviations, fmt="o-", color=_BLUE, capsize=3)
        axes.set(xscale="log" if study != "width" else "linear", xlabel=_LABELS[study])
        axes.set_xticks(numbers, [f"{number:,}" for number in numbers], rotation=30)
        axes.minorticks_off()
    _band(left, found, lambda outcome: outcome.accuracy)
    _band(right, found, lambda outcome: outcome.loss("training"))
    left.set(ylabel="test accuracy, %")
    right.set(ylabel="training loss, nats")
    left.legend(fontsize="small")


def _band(axes: Any, found: dict[str, list[Outcome]], pair: Any) -> None:
    for name, colour in ((REFERENCE, _RED), (ZERO_SHOT, _GREY)):
        if name in found:
            mean, deviation = pair(chosen(found[name]))
            axes.axhline(mean, color=colour, linestyle="--", label=name)
            axes.axhspan(mean - deviation, mean + deviation, color=colour, alpha=0.12)


def _draw_sources(left: Any, right: Any, found: dict[str, list[Outcome]]) -> None:
    for (title, listed), marker, offset, colour in zip(
        sections(found), ("o", "x"), (0.12, -0.12), (_BLUE, _RED), strict=False
    ):
        style = {"fmt": marker, "color": colour, "capsize": 3, "label": title}
        _draw_ends(left, [outcome.accuracy for outcome in listed], offset, style)
        _draw_ends(right, [outcome.loss("training") for outcome in listed], offset, style)
    left.set_yticks(range(len(found)), list(found))
    right.set_yticks(range(len(found)), [""] * len(found))
    left.set(xlabel="test accuracy, %")
    right.set(xlabel="training loss, nats", xscale="log")
    left.invert_yaxis()
    right.invert_yaxis()
    left.legend(fontsize="small")


def _draw_ends(
    axes: Any, pairs: Sequence[tuple[float, float]], offset: float, style: dict[str, Any]
) -> None:
    places = [index + offset for index in range(len(pairs))]
    means, deviations = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    axes.errorbar(means, places, xerr=deviations, **style)
