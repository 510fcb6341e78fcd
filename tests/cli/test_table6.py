"""``pezo table6``, with the measuring replaced."""

import json
from pathlib import Path

import pytest

from pezo_hw.table6 import BehaviourRecord, read_behaviours
from tests.table6.test_table import EXACT, MEZO_ROW, ROW, SAMPLED

BEHAVIOURS = {"mezo": ("now", SAMPLED), "mine": ("now too", EXACT)}


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What was known at each measuring."""
    given = []

    def compare(*, known, **options):
        given.append(known)
        return [MEZO_ROW, ROW], BEHAVIOURS

    monkeypatch.setattr("pezo_hw.cli.table6.compare", compare)
    return given


def test_the_terminal_shows_every_row(pezo):
    status, out, _ = pezo("table6")
    assert status == 0
    assert "TreeGRNG" in out
    assert "133,120" in out
    assert "898 / 449" in out


def test_markdown_to_a_file_is_what_is_printed(pezo, tmp_path: Path):
    file = tmp_path / "docs" / "table6.md"
    assert pezo("table6", "-o", file) == (0, "", "")
    status, out, _ = pezo("table6", "--markdown")
    assert status == 0
    assert file.read_text() == out


def test_json_is_a_list_of_rows(pezo):
    status, out, _ = pezo("table6", "--json")
    assert status == 0
    assert [row["design"] for row in json.loads(out)] == [MEZO_ROW.design, "mine"]


def test_what_is_recorded_is_known_and_all_is_recorded(pezo, tmp_path: Path, known: list[dict]):
    file = tmp_path / "behaviour.json"
    assert pezo("table6", "--record", file) == (0, "", "")
    assert read_behaviours(file) == BehaviourRecord(entries=BEHAVIOURS)
    assert pezo("table6", "--record", file) == (0, "", "")
    assert known == [{}, {"now": SAMPLED, "now too": EXACT}]
    file.write_text("{}}")
    status, out, err = pezo("table6", "--record", file)
    assert (status, out, err.count("\n"), len(known)) == (2, "", 1, 2)
    assert file.read_text() == "{}}"
