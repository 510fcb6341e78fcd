"""Who imports whom in the package, lazy and type-only imports included, read from the code."""

from __future__ import annotations

import ast
from collections.abc import Set
from functools import cache
from pathlib import Path

import pezo_hw

ROOT = Path(pezo_hw.__file__).parent
Graph = dict[str, set[str]]


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(sources: dict[str, str], packages: set[str]) -> Graph:
    """The modules among ``sources`` that each of them imports, anywhere in its text.

    Parameters
    ----------
    sources : dict of str to str
        The text of each module by its dotted name.
    packages : set of str
        Which of them are packages.
    """
    return {
        name: {
            target
            for node in _imports(text)
            for target in _targets(node, name, name in packages, sources.keys())
            if target != name
        }
        for name, text in sources.items()
    }


@cache
def _imports(text: str) -> tuple[ast.Import | ast.ImportFrom, ...]:
    nodes = ast.walk(ast.parse(text))
    return tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _targets(
    node: ast.Import | ast.ImportFrom, name: str, is_package: bool, known: Set[str]
) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names} & known
    base = node.module or ""
    if node.level:
        parts = name.split(".")
        kept = parts[: len(parts) - node.level + is_package]
        base = ".".join([*kept, *([node.module] if node.module else [])])
    targets = {f"{base}.{alias.name}" for alias in node.names} & known
    plain = [alias for alias in node.names if f"{base}.{alias.name}" not in known]
    return targets | ({base} & known if plain or not node.names else set())


def circles(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one module (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph[node]):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            component = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(component) > 1:
                found.append(sorted(component))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found
