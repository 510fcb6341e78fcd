"""The lines that are carried out where a line is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType

_PARTS = (ast.stmt, ast.excepthandler, ast.match_case)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def carried_out_with(source: str, lines: set[int]) -> set[int] | None:
    """The lines of the statements that lines belong to; of a block, its first statement alone.

    A tracer may see any of them instead of the line itself.

    Parameters
    ----------
    source : str
        The text of a Python file.
    lines : set of int
        Lines of it, from 1.

    Returns
    -------
    set of int or None
        None where one of them is carried out when the file is imported, or leaves no trace.
    """
    spans = [_span(ast.parse(source), line, in_function=False) for line in sorted(lines)]
    found: set[int] = set()
    traced = set(_traced(compile(source, "<source>", "exec")))
    for span in spans:
        if span is None or traced.isdisjoint(span):
            return None
        found.update(span)
    return found


def _span(node: ast.AST, line: int, in_function: bool) -> range | None:
    """The lines of the innermost statement around a line, without the statements in it."""
    parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, _PARTS)]
    for part in parts:
        if _first(part) <= line <= _last(part):
            return _span(part, line, in_function or isinstance(node, _FUNCTIONS))
    if not in_function:
        return None
    return range(
        _first(node), min([_last(node) + 1, *(max(_first(part), line + 1) for part in parts)])
    )


def _first(node: ast.AST) -> int:
    """Its first line, that of a decorator where it has one."""
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])


def _last(node: ast.AST) -> int:
    last = node.body[-1] if isinstance(node, ast.match_case) else node
    assert last.end_lineno is not None
    return last.end_lineno


def _traced(code: CodeType) -> Iterator[int]:
    """Every line that a tracer may see."""
    yield from (line for _, _, line in code.co_lines() if line)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _traced(constant)
