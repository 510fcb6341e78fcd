"""The page of the Gaussian generators: what it says of single numbers is what they are."""

import runpy
from pathlib import Path

import numpy as np

from pezo_hw.generators.gaussian.kinds import KINDS
from pezo_hw.numbers.distribution import Distribution
from pezo_hw.quality.dependence import Dependence

ROOT = Path(__file__).parents[2]
PAGE = runpy.run_path(str(ROOT / "docs/tools/gaussian_page.py"))


def page_rows() -> dict[str, list[str]]:
    table = (ROOT / PAGE["PAGE"]).read_text("utf-8").partition("<!-- gaussian -->")[2]
    lines = table.partition("<!-- /gaussian -->")[0].strip().splitlines()[2:]
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {row[0]: row[1:] for row in rows}


def test_the_table_is_not_stale():
    rows = page_rows()
    assert list(rows) == [*KINDS, *PAGE["BANKS"], "independent"]
    for name, kind in KINDS.items():
        cells = PAGE["distribution_cells"](kind(lanes=1, seed=1).distribution())
        assert tuple(rows[name][: len(cells)]) == cells
    for name in ("paper-roberta", "paper-pool"):
        numbers = Distribution.of_numbers(PAGE["whole_orbit"](name))
        cells = PAGE["distribution_cells"](numbers)
        assert tuple(rows[name][: len(cells)]) == cells


def test_every_generator_has_its_curves():
    two = Distribution(values=np.array([-1.5, 0.1, 1.0]), probabilities=np.array([0.25, 0.5, 0.25]))
    none = Dependence(lanes=0, strong_pairs=0, lag=0, lag_of_magnitudes=0)
    rows = [
        PAGE["Measured"](name=name, lanes=1, dependence=none, distribution=two) for name in "ab"
    ]
    for axes in PAGE["draw"](rows).axes:
        assert [line.get_label() for line in axes.get_lines()][:2] == ["a", "b"]
