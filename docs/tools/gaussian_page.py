"""``make gaussian``: writes the table and the plot of how Gaussian each generator's numbers are.

The table stands in ``docs/gaussian.md`` between marks; the plot is ``docs/images/gaussian.svg``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from pezo_hw.cli.page import Page
from pezo_hw.config import load
from pezo_hw.generators.gaussian.kinds import KINDS
from pezo_hw.numbers.distribution import Distribution, normal_beyond
from pezo_hw.numbers.number_format import FLOAT32
from pezo_hw.quality.dependence import Dependence, dependence_of
from pezo_hw.text import table_lines
from pezo_hw.tools.pictures import own_style, write_picture

ROOT = Path(__file__).parents[2]
PAGE, PLOT = "docs/gaussian.md", "docs/images/gaussian.svg"
PART = "gaussian"
LANES, CYCLES = 1024, 1 << 14
BANKS = ("paper-roberta", "spread", "paper-pool")
TAILS = (3, 4, 5)
HEADINGS = (
    *("generator", "step", "KS", "KS between steps", "variance", "kurtosis"),
    *(f"beyond {sigmas} σ" for sigmas in TAILS),
    *("lanes", "strongest", "pairs over 0.1", "lag", "lag of magnitudes"),
)
NORMAL = ("–", "0", "0", "1", "3", *("1" for _ in TAILS))
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A generator: what a number is, and how a window's depend on one another.

    The distribution of independent numbers is not looked at.
    """

    name: str
    lanes: int
    dependence: Dependence
    distribution: Distribution | None = None


def measure() -> Iterator[Measured]:
    """Every kind of Gaussian generator, then banks and pools, then independent numbers."""
    for name, kind in KINDS.items():
        bank = kind(lanes=LANES, seed=1)
        values = np.empty(CYCLES * LANES, dtype=np.float32)
        bank.number_table(FLOAT32).fill(values, 0)
        yield _measured(name, values.reshape(CYCLES, LANES), bank.distribution())
    for name in BANKS:
        orbit = whole_orbit(name)
        yield _measured(name, orbit, Distribution.of_numbers(orbit))
    yield _measured("independent", np.random.default_rng(1).normal(size=(CYCLES, LANES)), None)


def whole_orbit(name: str) -> NDArray[np.float32]:
    """All numbers of a preset, cycle by cycle."""
    stream = load(name).stream()
    return stream.values(0, stream.orbit)


def _measured(
    name: str, values: NDArray[np.floating], distribution: Distribution | None
) -> Measured:
    found = dependence_of(values)
    lanes = values.shape[1]
    return Measured(name=name, lanes=lanes, dependence=found, distribution=distribution)


def table(rows: Sequence[Measured]) -> list[str]:
    """The lines of the table."""
    return table_lines(HEADINGS, [_cells(row) for row in rows])


def _cells(row: Measured) -> tuple[str, ...]:
    depends = row.dependence
    strongest = (f"{depends.lanes:.3f}", f"{depends.strong_pairs:,}")
    lags = (f"{depends.lag:+.4f}", f"{depends.lag_of_magnitudes:+.4f}")
    own = distribution_cells(row.distribution) if row.distribution else NORMAL
    return (row.name, *own, f"{row.lanes:,}", *strongest, *lags)


def distribution_cells(of_one: Distribution) -> tuple[str, ...]:
    """What is said of a single number."""
    step = float(np.diff(of_one.values).min())
    tails = (of_one.beyond(bound) / normal_beyond(bound) for bound in TAILS)
    return (
        f"{step:.2g}",
        f"{of_one.distance:.2g}",
        f"{of_one.errors[1].max():.2g}",
        f"{of_one.variance:.4f}",
        f"{of_one.kurtosis:.4f}",
        *(f"{share:.3g}" if share < 0.9 else f"{share:.4f}" for share in tails),
    )


@own_style()
def draw(rows: Sequence[Measured]) -> Figure:
    """Left the error of the distribution by the value, right what lies in the tails."""
    figure = Figure(figsize=(10, 4.4), layout="constrained")
    FigureCanvasAgg(figure)
    errors, tails = figure.subplots(1, 2)
    known = [(row.name, row.distribution) for row in rows if row.distribution]
    for index, (name, distribution) in enumerate(known):
        style: dict[str, Any] = {"color": _COLOURS[index], "label": name}
        style["linestyle"] = "--" if name in BANKS else "-"
        _draw_errors(errors, distribution, style)
        _draw_tails(tails, distribution, style)
    errors.set(xlabel="value, σ", ylabel="|F − Φ| between steps", yscale="log")
    errors.set(xlim=(-5, 5), ylim=(1e-8, 0.3))
    tails.set(xlabel="s, σ", ylabel="numbers beyond ±s / those of N(0, 1)")
    tails.set(xlim=(0, 8.5), ylim=(0, 2))
    tails.axhline(1, color="grey", linewidth=0.8)
    for axes in (errors, tails):
        axes.grid(alpha=0.3)
    handles, labels = errors.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), fontsize="small")
    return figure


def _draw_errors(axes: Any, distribution: Distribution, style: dict[str, Any]) -> None:
    """The largest error within each twentieth of σ: there is a zero wherever the sign changes."""
    middles, errors = distribution.errors
    bins = np.floor(middles * 20).astype(np.int64)
    places = np.unique(bins)
    highest = [errors[bins == place].max() for place in places]
    axes.plot((places + 0.5) / 20, highest, linewidth=1.2, **style)


def _draw_tails(axes: Any, distribution: Distribution, style: dict[str, Any]) -> None:
    """At the middles between the values, of which a tail has no part of one."""
    values = distribution.values
    grid = np.unique(np.searchsorted(values, np.arange(0.05, 8.5, 0.05)))
    bounds = [float(values[i] + values[i - 1]) / 2 for i in grid if 0 < i < len(values)]
    bounds = [bound for bound in bounds if bound > 0] + [float(values[-1]) + 1e-6]
    ratios = [distribution.beyond(bound) / normal_beyond(bound) for bound in bounds]
    axes.plot(bounds, ratios, linewidth=1.2, **style)


def main() -> None:
    """Writes both."""
    page = Page.read(ROOT / PAGE, PART)
    rows = list(measure())
    page.write("".join(f"{line}\n" for line in table(rows)))
    write_picture(draw(rows), ROOT / PLOT)


if __name__ == "__main__":
    main()
