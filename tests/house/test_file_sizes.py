"""A file holds one idea, and the whole of it: few are crumbs."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tests.house.imports import ROOT

LEAST_MEDIAN = 90
CRUMB = 30
FEWER_CRUMBS_THAN = 10


def lines_of(root: Path) -> dict[str, int]:
    """The lines of every module below a folder; a package's own file only says what is in it."""
    return {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in sorted(root.rglob("*.py"))
        if path.name != "__init__.py"
    }


def crumbs(lines: dict[str, int]) -> list[str]:
    """Modules that are less than an idea."""
    return [f"{name} ({number})" for name, number in lines.items() if number < CRUMB]


def test_half_of_the_files_have_room_for_an_idea():
    assert median(lines_of(ROOT).values()) >= LEAST_MEDIAN


def test_few_files_are_crumbs():
    found = crumbs(lines_of(ROOT))
    assert len(found) < FEWER_CRUMBS_THAN, found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, number in {"a/__init__.py": 1, "a/small.py": 29, "a/b/large.py": 30}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("pass\n" * number)
    return tmp_path


def test_crumbs_are_found_wherever_they_lie(tree: Path):
    assert lines_of(tree) == {"a/small.py": 29, "a/b/large.py": 30}
    assert crumbs(lines_of(tree)) == ["a/small.py (29)"]
