"""The results as files."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from pezo_hw.explore import ResultTable, candidates_of, parse_space
from pezo_hw.explore.table import narrowed

SPACE = """
[[part]]
perturbation.strategy = "on-the-fly"
on-the-fly.taps = [[8, 6, 5, 4], [8, 6, 5, 3]]
on-the-fly.rotate = [true, false]

[[part]]
perturbation.strategy = "pre-generated"
pre-generated.lanes = 8
"""


@pytest.fixture(scope="module")
def table() -> ResultTable:
    space = parse_space(SPACE, name="mine")
    found = candidates_of(space).found
    figures = [
        {"lut_sites": 30 + c.index, "isotropy": 0.1 * c.index, "bram": 0.5, "starts": 2**100}
        for c in found
    ]
    return ResultTable(space=space, candidates=found, figures=figures)


def test_csv(table: ResultTable, tmp_path: Path):
    table.write_csv(tmp_path / "results.csv")
    with (tmp_path / "results.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 5
    assert tuple(rows[0]) == table.columns
    assert [row["on-the-fly.taps"] for row in rows] == [
        *["[8, 6, 5, 4]"] * 2,
        *["[8, 6, 5, 3]"] * 2,
        "",
    ]
    assert [row["on-the-fly.rotate"] for row in rows] == ["true", "false", "true", "false", ""]
    assert [row["pre-generated.lanes"] for row in rows] == ["", "", "", "", "8"]
    assert float(rows[3]["isotropy"]) == table.figures[3]["isotropy"]
    assert int(rows[0]["starts"]) == 2**100
    assert {row["front"] for row in rows} == {"true"}
    assert tomllib.loads(rows[4]["toml"])["pre-generated"] == {"lanes": 8}


def test_parquet(table: ResultTable, tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table.write_parquet(tmp_path / "results.parquet")
    rows = parquet.read_table(tmp_path / "results.parquet").to_pylist()
    expected = [{**row, "starts": float(2**100)} for row in table.rows]
    assert rows == expected


def test_a_number_that_is_too_large_for_a_column_keeps_what_it_can():
    assert narrowed(2**53, 54) == 2**53
    assert narrowed(2**99, 53) == float(2**99)
    assert narrowed(2**1024 - 1, 53) == str(2**1024 - 1)  # a seed may be
    for cell in (True, None, 1.5, "x"):
        assert narrowed(cell, 53) is cell
