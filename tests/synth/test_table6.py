"""The table beside the paper's, rendered from made-up measurements."""

import json
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.synth import LongestPath, Measurement, Resources
from pezo_hw.synth.rows import MEZO, OPT, PRE_GENERATION, ROBERTA
from pezo_hw.synth.table6 import TABLE_ROWS, Comparison, markdown, with_table

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
ROW = Comparison(
    design="mine", description="What it is.", paper=ROBERTA, ours=OURS, numbers=1024, orbit=9999
)
MEZO_ROW = Comparison(design=MEZO.design, description="Printed.", paper=MEZO)


def test_ratios_are_ours_over_the_papers():
    assert ROW.ratios == {"LUT": 0.5, "FF": 2.0, "BRAM": 0.5}


def test_a_dash_or_a_zero_of_the_paper_has_no_ratio():
    pool = Comparison(design="p", description="", paper=PRE_GENERATION, ours=OURS)
    mezo = Comparison(design="m", description="", paper=MEZO, ours=OURS)
    assert pool.ratios["LUT"] is None
    assert mezo.ratios["BRAM"] is None
    assert mezo.cells[3] == "0.5 / 0"


def test_the_paper_alone_has_dashes_for_ours():
    cells = MEZO_ROW.cells
    assert cells[1:4] == ("– / 133,120", "– / 69,632", "– / 0")
    assert set(cells[4:]) == {"–"}


def test_markdown_has_a_line_for_every_row():
    lines = markdown([MEZO_ROW, ROW]).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len({line.count("|") for line in table}) == 1
    assert table[3] == (
        "| mine | 16 / 32 = 0.50 | 898 / 449 = 2.00 | 0.5 / 1 = 0.50 | 8 | 1 | 1,024 | 9,999 |"
    )
    assert any("yosys 1" in line for line in lines)
    assert "* **mine**: What it is." in lines


def test_a_page_gets_the_table_between_its_markers():
    page = "# Title\n<!-- table6 -->\nold\n<!-- /table6 -->\nrest\n"
    written = with_table(page, [MEZO_ROW, ROW])
    assert written.startswith("# Title\n<!-- table6 -->\n| design |")
    assert written.endswith("|\n<!-- /table6 -->\nrest\n")
    assert "old" not in written
    assert with_table(written, [MEZO_ROW, ROW]) == written


def test_a_page_without_markers_is_refused():
    with pytest.raises(PezoError, match="no place for the table"):
        with_table("# Title\n", [ROW])


def test_the_readme_shows_the_documentations_table(root: Path):
    table = [line for line in (root / "docs/table6.md").read_text().splitlines() if "|" in line]
    assert "\n".join(table) in (root / "README.md").read_text(), "make table6 writes both"


def test_json_carries_both_figures_and_the_ratio():
    row = json.loads(json.dumps(ROW.as_dict()))
    assert row["paper"]["ff"] == 449
    assert row["ours"]["ff"] == 898
    assert row["ratio"]["FF"] == 2.0


def test_the_paper_is_quoted_as_printed():
    printed = [(row.lut, row.ff, row.bram) for row in (MEZO, PRE_GENERATION, ROBERTA, OPT)]
    assert printed == [(133120, 69632, 0), (None, 16, 8), (32, 449, 1), (32, 512, 1)]


def test_no_two_designs_have_one_name(root: Path):
    lines = (root / "docs/table6.md").read_text("utf-8").splitlines()
    designs = [line.split("|")[1].strip() for line in lines if line.startswith("|")][2:]
    assert len(designs) == len(set(designs)) == len(TABLE_ROWS) + 1
