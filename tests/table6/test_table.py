"""The table beside the paper's, rendered from made-up measurements."""

import json
from dataclasses import replace
from pathlib import Path

from pezo_hw.synth import LongestPath, Measurement, Resources
from pezo_hw.synth.rows import MEZO, OPT, PRE_GENERATION, ROBERTA
from pezo_hw.table6.behaviour import Behaviour
from pezo_hw.table6.table import (
    HEADINGS,
    TABLE_ROWS,
    Comparison,
    comparisons_of,
    markdown,
    short_markdown,
)

PATH = LongestPath(levels=1, start="a.Q", end="b.D", cells=("LUT4",))
USED = Resources(
    lut=16,
    lut_by_size={"LUT4": 16},
    lut_sites=8,
    ff=898,
    bram=0.5,
    bram_by_type={"RAMB18E2": 1},
    carry=0,
    path=PATH,
)
OURS = Measurement(name="x", target="xcup", tool="yosys 1", resources=USED)
EXACT = Behaviour(
    toggles=144.62,
    different=31,
    participation=777.61,
    participation_error=None,
    smallest_eigenvalue=0.0213,
    smallest_independent=1.0,
)
SAMPLED = Behaviour(
    toggles=84_716.2,
    different=1024,
    participation=381.4,
    participation_error=2.9,
    smallest_eigenvalue=0.0714,
    smallest_independent=0.4198,
)
ROW = Comparison(
    design="mine",
    description="What it is.",
    paper=ROBERTA,
    ours=OURS,
    behaviour=EXACT,
    numbers=1024,
    orbit=9999,
    is_the_papers=False,
)
MEZO_ROW = replace(
    ROW,
    design=MEZO.design,
    paper=MEZO,
    ours=replace(OURS, resources=replace(USED, lut=130_800, bram=0, dsp=3)),
    behaviour=SAMPLED,
    orbit=5_643_118_635,
    is_the_papers=True,
)


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def figures_in(page: str) -> dict[tuple[str, str], str]:
    """What the tables of a page say, by design and heading; no figure stands there twice."""
    found: dict[tuple[str, str], str] = {}
    headings: list[str] = []
    for line in page.splitlines():
        if line.startswith("| design"):
            headings = cells_of(line)[1:]
        elif line.startswith("| ") and not line.startswith("| ---"):
            design, *figures = cells_of(line)
            for heading, figure in zip(headings, figures, strict=True):
                assert (design, heading) not in found
                found[design, heading] = figure
    return found


def test_ratios_are_ours_over_the_papers():
    assert ROW.ratios == {"LUT": 0.5, "FF": 2.0, "BRAM": 0.5}


def test_a_dash_or_a_zero_of_the_paper_has_no_ratio():
    pool = replace(ROW, paper=PRE_GENERATION)
    mezo = replace(ROW, paper=MEZO)
    assert pool.ratios["LUT"] is None
    assert mezo.ratios["BRAM"] is None
    assert mezo.cells[3] == "0.5 / 0"


def test_what_is_of_a_sample_has_its_error():
    assert MEZO_ROW.cells[4:] == (
        *("3", "8", "1", "1,024", "1,024", "84,716"),
        *("381 ± 3", "0.071 (0.42)", "5.6e+9"),
    )
    assert ROW.cells[8:] == ("31", "144.6", "777.6", "0.021", "9,999")


def test_markdown_has_a_line_for_every_row():
    lines = markdown([MEZO_ROW, ROW]).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len({line.count("|") for line in table}) == 1
    assert [line for line in table if "mine" in line] == [
        "| mine | 16 / 32 = 0.50 | 898 / 449 = 2.00 | 0.5 / 1 = 0.50 | 0 | 8 | 1 |",
        "| mine | 1,024 | 31 | 144.6 | 777.6 | 0.021 | 9,999 |",
    ]
    named = [line for line in table if line.startswith("| design")]
    assert named == 2 * named[:2]
    assert [*cells_of(named[0]), *cells_of(named[1])[1:]] == list(HEADINGS)
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == [
        "## What the paper has, measured here",
        "## What we add",
        "## How to read it",
    ]
    assert any("yosys 1" in line for line in lines)
    assert "* **mine**: What it is." in lines


def test_the_short_table_has_the_papers_rows_and_a_few_of_ours():
    written = short_markdown([MEZO_ROW, replace(ROW, design="spread"), ROW])
    assert written.startswith("**What the paper has, measured here**\n\n|")
    assert written.endswith("|\n")
    assert [line.split(" | ")[0] for line in written.splitlines() if " / " in line] == (
        [f"| {MEZO.design}", "| spread"]
    )


def test_the_readme_shows_the_documentations_table(root: Path):
    page = (root / "README.md").read_text("utf-8")
    short = page.partition("<!-- table6 -->")[2].partition("<!-- /table6 -->")[0]
    shown, all_of = figures_in(short), figures_in((root / "docs/table6.md").read_text("utf-8"))
    assert len({design for design, _ in shown}) == 8
    assert len({heading for _, heading in shown}) >= 6
    assert shown.items() <= all_of.items(), "make table6 writes both"


def test_json_carries_both_figures_and_the_ratio():
    row = json.loads(json.dumps(ROW.as_dict()))
    assert row["paper"]["ff"] == 449
    assert row["ours"]["ff"] == 898
    assert row["ratio"]["FF"] == 2.0
    assert row["behaviour"]["different"] == 31


def test_the_paper_is_quoted_as_printed():
    printed = [(row.lut, row.ff, row.bram) for row in (MEZO, PRE_GENERATION, ROBERTA, OPT)]
    assert printed == [(133120, 69632, 0), (None, 16, 8), (32, 449, 1), (32, 512, 1)]


def test_no_two_designs_have_one_name(root: Path):
    figures = figures_in((root / "docs/table6.md").read_text("utf-8"))
    assert len({design for design, _ in figures}) == len(TABLE_ROWS)
    assert len(figures) == len(TABLE_ROWS) * (len(HEADINGS) - 1)


def test_the_paper_has_four_and_the_rest_is_ours():
    measurements = [replace(OURS, name=row.source) for row in TABLE_ROWS]
    table = comparisons_of(measurements, dict.fromkeys((row.name for row in TABLE_ROWS), EXACT))
    assert [row.paper for row in table if row.is_the_papers] == [MEZO, PRE_GENERATION, ROBERTA, OPT]
    assert [row.ours.name for row in table if row.is_the_papers] == (
        ["mezo", "paper-pool", "paper-roberta", "paper-opt"]
    )
