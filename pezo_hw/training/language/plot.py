"""Results as a picture: sources beside one another, or a row of settings from small to large."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ...tools.pictures import own_style, write_pictures
from .parameters import LanguageParameters
from .results import Outcome, chosen, sections
from .variants import REFERENCE, VARIED, ZERO_SHOT

_BLUE, _RED, _GREEN, _GREY = "#0072b2", "#d55e00", "#009e73", "#777777"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MATRIX = 384 * 384
# Nats; what has collapsed lies far beyond.
_MOST_LOSS = 1.0
_LABELS = {
    "pool": "numbers in the pool, and one more",
    "rngs": "RNGs of 8 bits",
    "width": "bits of 31 RNGs",
    "lanes": "lanes of 31 RNGs; below, % of 384 × 384 weights",
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
    return write_pictures(draw(parameters, found), folder)


@own_style()
def draw(parameters: LanguageParameters, found: dict[str, list[Outcome]]) -> Figure:
    """Accuracy left; training loss right."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    if parameters.study in VARIED and not parameters.sources:
        _draw_row(left, right, parameters.study, found)
    else:
        _draw_sources(left, right, found)
    left.grid(alpha=0.3)
    right.grid(alpha=0.3)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), fontsize="small")
    figure.suptitle(
        f"all-MiniLM-L6-v2, last two layers, {parameters.task}, k = {parameters.k}, "
        f"{parameters.steps} steps, {parameters.seeds} seeds"
    )
    return figure


def _draw_row(left: Any, right: Any, study: str, found: dict[str, list[Outcome]]) -> None:
    """Mean and deviation against the number that varies; what is compared with as a band."""
    names = {f"{study}-{number}": number for number in VARIED[study]}
    for (title, listed), marker, colour in zip(
        sections(found), ("o", "x"), (_BLUE, _RED), strict=False
    ):
        row = [outcome for outcome in listed if outcome.source in names]
        numbers = [names[outcome.source] for outcome in row]
        style = {"fmt": f"{marker}-", "color": colour, "capsize": 3, "label": title}
        _draw_line(left, numbers, [outcome.accuracy for outcome in row], style)
        _draw_line(right, numbers, [outcome.loss("training") for outcome in row], style)
    for axes in (left, right):
        axes.set(xscale="log" if study != "width" else "linear", xlabel=_LABELS[study])
        axes.set_xticks(VARIED[study], [_tick(study, number) for number in VARIED[study]])
        axes.tick_params(axis="x", labelsize="small")
        axes.minorticks_off()
    _band(left, found, lambda outcome: outcome.accuracy)
    _band(right, found, lambda outcome: outcome.loss("training"))
    left.set(ylabel="test accuracy, %")
    right.set(ylabel="training loss, nats")


def _tick(study: str, number: int) -> str:
    """The number, and with lanes how much of a small matrix one cycle covers."""
    if study == "pool":
        return f"2{str(number.bit_length()).translate(_RAISED)}"
    return f"{number:,}" + (f"\n{100 * number / _MATRIX:.2g}" if study == "lanes" else "")


def _draw_line(
    axes: Any, numbers: Sequence[int], pairs: Sequence[tuple[float, float]], style: dict[str, Any]
) -> None:
    means, deviations = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    axes.errorbar(numbers, means, yerr=deviations, **style)


def _band(axes: Any, found: dict[str, list[Outcome]], pair: Any) -> None:
    for name, colour in ((REFERENCE, _GREEN), (ZERO_SHOT, _GREY)):
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
        losses = [outcome.loss("training") for outcome in listed]
        shown = [pair if pair[0] <= _MOST_LOSS else (nan, nan) for pair in losses]
        _draw_ends(right, shown, offset, style)
        beyond = [place + offset for place, (loss, _) in enumerate(losses) if loss > _MOST_LOSS]
        right.plot([0.98 * _MOST_LOSS] * len(beyond), beyond, ">", color=colour)
    left.set_yticks(range(len(found)), list(found))
    right.set_yticks(range(len(found)), [""] * len(found))
    left.set(xlabel="test accuracy, %")
    right.set(xlabel=f"training loss, nats (▸ above {_MOST_LOSS:g})", xlim=(0, _MOST_LOSS))
    left.invert_yaxis()
    right.invert_yaxis()


def _draw_ends(
    axes: Any, pairs: Sequence[tuple[float, float]], offset: float, style: dict[str, Any]
) -> None:
    places = [index + offset for index in range(len(pairs))]
    means, deviations = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    axes.errorbar(means, places, xerr=deviations, **style)
