"""What the paper's watts can mean: the device's static power is in them, unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import PezoError
from ..synth.rows import MEZO, ROBERTA
from ..tools.extras import require
from ..tools.pictures import FORMATS, own_style, write_picture

SENTENCE = (
    f"The paper's {MEZO.watt} W and {ROBERTA.watt} W hold the static power S of the device. What "
    f"switches is ({MEZO.watt} − S) / ({ROBERTA.watt} − S) to 1, at {MEZO.mhz} and {ROBERTA.mhz} "
    "MHz. S is not known, and no watt of the FPGA is worked out here."
)
_POINTS = 250
_HIGHEST_RATIO = 1000.0


def dynamic_ratio(static: float) -> float:
    """MeZO's dynamic power over that on the fly (8 bit), with the device's static power in watts.

    Both are the paper's, at its clocks. There is none from the smaller of the two powers on.
    """
    return (MEZO.watt - static) / (ROBERTA.watt - static)


def static_power(ratio: float) -> float:
    """The static power in watts at which `dynamic_ratio` is so large, more than 1."""
    return (ratio * ROBERTA.watt - MEZO.watt) / (ratio - 1)


def write_plot(path: Path) -> None:
    """Draws `dynamic_ratio` over the static power, as SVG or PNG.

    Raises
    ------
    PezoError
        For another ending of the name, without Matplotlib, or where the file system refuses.
    """
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise PezoError(f'--plot = "{path}" is not allowed; allowed: FILE.svg or FILE.png')
    require("--plot needs", ["matplotlib"], extra="report")
    write_picture(_draw(), path)


@own_style()
def _draw() -> Any:
    """A figure of Matplotlib, which only who draws needs."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    last = static_power(_HIGHEST_RATIO)
    statics = [last * index / _POINTS for index in range(_POINTS + 1)]
    axes.semilogy(statics, [dynamic_ratio(static) for static in statics], color="#0072b2")
    axes.axvline(ROBERTA.watt, color="grey", linestyle="--", label=f"{ROBERTA.watt} W in all")
    axes.set(
        xlabel="S, static power of the device (unknown), W",
        ylabel=f"({MEZO.watt} − S) / ({ROBERTA.watt} − S)",
        xlim=(0, 0.65),
        ylim=(1, _HIGHEST_RATIO),
    )
    axes.set_title("dynamic power, MeZO over on-the-fly, by the paper's watts", fontsize="medium")
    axes.legend(fontsize="small")
    axes.grid(alpha=0.3, which="both")
    return figure
