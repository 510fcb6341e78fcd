"""Draws docs/images/pareto.svg: LUT sites and isotropy of the presets, over a space's points.

``pezo explore spread -o build/spread`` first, then
``python docs/tools/pareto_chart.py build/spread/results.csv``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

import pezo_hw
from pezo_hw.explore import Request
from pezo_hw.explore.candidates import Candidate
from pezo_hw.explore.point import measured
from pezo_hw.tools.pictures import own_style, write_picture

IMAGE = Path(__file__).parents[1] / "images" / "pareto.svg"
REQUEST = Request(length=992, samples=8000)
PAPER, OURS, MEZO = "the paper's", "ours", "what MeZO needs"
COLOURS = {PAPER: "#0072b2", OURS: "#009e73", MEZO: "#cc79a7"}
MARKS = {PAPER: "s", OURS: "D", MEZO: "^"}
CLOUD, FRONT = "#bbbbbb", "#d55e00"
# By preset: whose it is, and where its name stands beside its mark, in points.
PRESETS = {
    "paper-pool": (PAPER, (8, -3)),
    "paper-roberta": (PAPER, (8, -3)),
    "paper-opt": (PAPER, (8, -3)),
    "spread": (OURS, (9, -5)),
    "wide": (OURS, (8, -3)),
    "mezo": (MEZO, (-102, -3)),
}


@own_style()
def main(results: Path) -> None:
    """Draws it."""
    with results.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    figure = Figure(figsize=(8, 5), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.subplots()
    _draw_space(axes, rows)
    isotropy = {
        name: _draw_preset(axes, name, whose, place) for name, (whose, place) in PRESETS.items()
    }
    _name_what_is_beyond(axes, rows, isotropy["spread"])
    axes.set(xscale="log", xlabel="LUT sites", ylabel="isotropy: participation ratio / 992")
    axes.grid(alpha=0.3)
    handles, labels = axes.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    axes.legend(unique.values(), unique.keys(), fontsize="small", loc="center right")
    write_picture(figure, IMAGE)


def _draw_space(axes: Any, rows: list[dict[str, str]]) -> None:
    places = sorted({(int(row["lut_sites"]), round(float(row["isotropy"]), 3)) for row in rows})
    axes.plot(*zip(*places, strict=True), ".", color=CLOUD, markersize=3, label="space spread")
    front = sorted(
        {(int(row["lut_sites"]), float(row["isotropy"])) for row in rows if row["front"] == "true"}
    )
    style = {"drawstyle": "steps-post", "linewidth": 1, "markersize": 4}
    axes.plot(*zip(*front, strict=True), "o-", color=FRONT, label="its front", **style)


def _name_what_is_beyond(axes: Any, rows: list[dict[str, str]], isotropy: float) -> None:
    """The point of the space with the fewest LUT sites that is no worse than spread."""
    better = [row for row in rows if float(row["isotropy"]) >= isotropy]
    best = min(better, key=lambda row: (int(row["lut_sites"]), -float(row["isotropy"])))
    n, bits, steps = (best[f"on-the-fly.{key}"] for key in ("rngs", "width", "steps_per_cycle"))
    at, words = (
        (int(best["lut_sites"]), float(best["isotropy"])),
        f"{n} × {bits} bits, {steps} steps",
    )
    axes.annotate(words, at, xytext=(-98, 3), textcoords="offset points", fontsize=8, color=FRONT)


def _draw_preset(axes: Any, name: str, whose: str, place: tuple[int, int]) -> float:
    """Draws a preset and its name; returns its isotropy."""
    config = pezo_hw.load(name)
    text = pezo_hw.config.preset_text(name)
    found = measured(Candidate(index=0, name=name, toml=text, values={}), REQUEST)
    at = (found["lut_sites"], found["isotropy"])
    axes.plot(*at, MARKS[whose], color=COLOURS[whose], label=whose, markersize=7)
    said = f"{name}, {config.parameters.lanes:,} a cycle"
    axes.annotate(said, at, xytext=place, textcoords="offset points", fontsize=8)
    return float(found["isotropy"])  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
