"""The pages' parts: keys that follow what decides them, and tables that are what was recorded."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from pezo_hw.power import page as module
from pezo_hw.power import sta
from pezo_hw.power.page import page_part, part_key, part_name, parts_of
from pezo_hw.table6 import read_behaviours
from pezo_hw.text import significant
from tests.power.test_comparison import LARGE, SMALL


def test_a_part_goes_by_its_library_and_clock():
    assert part_name() == "power"
    assert part_name("osu") == "power osu"
    assert part_name("osu", 12.5) == "power osu 12.5 MHz"


def test_a_part_is_read_as_it_was_written():
    name = part_name("paper", 50.0)
    written = page_part(name, [LARGE, SMALL])
    page = f"text\n<!-- {name} -->\n{written}<!-- /{name} -->\nmore\n"
    ((found, (key, table)),) = parts_of(page).items()
    assert (found, key) == (name, part_key(name, [LARGE.key, SMALL.key]))
    assert written.endswith(table)
    assert parts_of("<!-- power -->\n<!-- /power -->\n") == {}


def test_the_key_follows_all_that_decides(monkeypatch: pytest.MonkeyPatch):
    keys = {part_key("power", ["a"]), part_key("power", ["b"]), part_key("power osu", ["a"])}
    changed = lambda part: inspect.getsource(part) + ("#" if part is sta else "")  # noqa: E731
    monkeypatch.setattr(module, "getsource", changed)
    assert len(keys | {part_key("power", ["a"])}) == 4


def test_the_tables_toggles_are_those_that_table_6_has(root: Path):
    """Which are recorded, and held against the source by the guard."""
    recorded = read_behaviours(root / "tests/table6/behaviour.json").entries
    found = parts_of((root / "docs/power.md").read_text("utf-8"))
    assert "power" in found
    for name, (_, table) in found.items():
        rows = re.findall(r"^\| ([\w-]+) \| +[\d,]+ \| ([\d.,]+)", table, re.MULTILINE)
        assert len(rows) == 6, name
        for config, toggles in rows:
            assert toggles == significant(recorded[config][1].toggles), (name, config)
