"""Nobody outside a generator's or a system's folder tells one from another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pezo_hw.generators.registry import GENERATORS, STRATEGIES
from pezo_hw.systems.registry import SYSTEMS
from tests.house.imports import ROOT, modules

GENERATOR_FOLDERS = sorted({Path(*kind.__module__.split(".")[1:-1]) for kind in GENERATORS})
SYSTEM_FOLDERS = sorted(
    {Path(*type(system).__module__.split(".")[1:-1]) for system in SYSTEMS.values()}
)
REGISTRIES = ("generators/registry.py", "systems/registry.py")
# Software for a device of any kind, copied out of the package: it has families of its own.
INDEPENDENT = Path("driver")


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's tree, which several tests search."""
    return ast.parse(path.read_text("utf-8"))


def outside(folders: list[Path]) -> dict[str, ast.Module]:
    """The trees of all modules that are in none of the folders, by path."""
    found = {}
    for path in modules().values():
        place = path.relative_to(ROOT)
        inside = any(place.is_relative_to(folder) for folder in [*folders, INDEPENDENT])
        if not inside and place.as_posix() not in REGISTRIES:
            found[place.as_posix()] = tree_of(path)
    return found


def classes(folders: list[Path]) -> set[str]:
    """The names of all classes of the folders."""
    return {
        node.name
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }


def asks_for_a_kind(tree: ast.Module, kinds: set[str]) -> Iterator[int]:
    """Lines with an ``isinstance`` or ``issubclass`` of one of the classes, or a match on it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("isinstance", "issubclass") and _names(node.args[1]) & kinds:
                yield node.lineno
        elif isinstance(node, ast.MatchClass) and _names(node.cls) & kinds:
            yield node.cls.lineno


def _names(node: ast.AST) -> set[str]:
    inner = list(ast.walk(node))
    names = {part.id for part in inner if isinstance(part, ast.Name)}
    return names | {part.attr for part in inner if isinstance(part, ast.Attribute)}


def compares_with(tree: ast.Module, names: set[str]) -> Iterator[int]:
    """Lines that compare something with one of the names, or match it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.MatchValue) and _texts(node) & names:
            yield node.lineno if isinstance(node, ast.Compare) else node.value.lineno


def _texts(node: ast.AST) -> set[str]:
    parts = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {part.value for part in parts if isinstance(part.value, str)}


def literals(tree: ast.Module, names: set[str]) -> Iterator[int]:
    """Lines on which one of the names stands as a text of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in names:
            yield node.lineno


def findings(folders: list[Path], search, names: set[str]) -> list[str]:
    trees = outside(folders).items()
    return [f"{path}:{line}" for path, tree in trees for line in search(tree, names)]


def test_nobody_asks_which_generator_it_is():
    assert findings(GENERATOR_FOLDERS, asks_for_a_kind, classes(GENERATOR_FOLDERS)) == []


def test_nobody_asks_which_system_it_is():
    assert findings(SYSTEM_FOLDERS, asks_for_a_kind, classes(SYSTEM_FOLDERS)) == []


def test_nobody_knows_a_strategy_by_name():
    """But where the word means the distribution: a source to compare with is called that."""
    distributions = "training/sources/distributions.py"
    found = findings(GENERATOR_FOLDERS, literals, set(STRATEGIES))
    assert [place for place in found if not place.startswith(distributions)] == []
    of_others = findings(GENERATOR_FOLDERS, literals, set(STRATEGIES) - {"gaussian"})
    assert of_others == []


def test_nobody_compares_with_a_systems_name():
    assert findings(SYSTEM_FOLDERS, compares_with, set(SYSTEMS)) == []


@pytest.mark.parametrize(
    ("search", "text"),
    [
        (asks_for_a_kind, "isinstance(x, OnTheFlyParameters)"),
        (asks_for_a_kind, "issubclass(x, (int, family.OnTheFlyParameters))"),
        (asks_for_a_kind, "match x:\n    case OnTheFlyParameters():\n        pass"),
        (compares_with, "x == 'axi'"),
        (compares_with, "x not in ('axi', 'none')"),
        (compares_with, "match x:\n    case 'axi':\n        pass"),
        (literals, "x = {'on-the-fly': 1}"),
    ],
)
def test_what_is_searched_for_is_found(search, text: str):
    names = {"OnTheFlyParameters", "axi", "on-the-fly"}
    assert list(search(ast.parse(text), names))
