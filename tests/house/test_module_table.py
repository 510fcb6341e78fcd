"""The documentation's tables of modules are what the docstrings say."""

from __future__ import annotations

import runpy
from pathlib import Path


def test_tables_are_fresh(root: Path):
    made = runpy.run_path(str(root / "docs/tools/module_table.py"))["derived_files"]()
    stale = [name for name, text in made.items() if (root / name).read_text("utf-8") != text]
    assert stale == [], "make modules writes them anew"


def test_every_module_says_what_it_is(root: Path):
    page = (root / "docs/modules.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| [")]
    assert len(rows) > 200
    assert [row for row in rows if row.split("|")[2].strip() == ""] == []
