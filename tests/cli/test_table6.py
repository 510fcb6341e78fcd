"""``pezo table6``, with the measuring replaced."""

import json
from pathlib import Path

import pytest

from tests.synth.test_table6 import MEZO_ROW, ROW


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pezo_hw.cli.table6.compare", lambda **options: [MEZO_ROW, ROW])


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
