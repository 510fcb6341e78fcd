"""One line of the package, broken."""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from tests.mutants.operators import operators

OPERATORS = operators()


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A place in a file and what happens to it.

    Attributes
    ----------
    path : str
        The file, from the root of the checkout.
    operator : str
        A name of `operators`.
    occurrence : int
        Which of the places where the operator applies in the file.
    line : int
        Where that is.
    """

    path: str
    operator: str
    occurrence: int
    line: int

    def apply(self, source: str) -> str:
        """The broken text of the file."""
        broken = mutate_code(source, OPERATORS[self.operator], self.occurrence)
        if broken is None:
            raise ValueError(f"{self} does not apply: {self.path} is another file now")
        return broken

    def lines(self, source: str) -> list[str]:
        """What changes in the file, as `changed_lines` gives it."""
        return changed_lines(source, self.apply(source))

    def broken_lines(self, source: str) -> set[int]:
        """The lines of the file that it changes, from 1."""
        old, new = source.splitlines(), self.apply(source).splitlines()
        changes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        changed = (range(a, b) for what, a, b, _, _ in changes if what != "equal")
        return {self.line}.union(*(set(range(r.start + 1, r.stop + 1)) for r in changed))

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.operator}"


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutant of a file, in the order of operators and places."""
    nodes = list(ast_nodes(get_ast(source)))
    return [
        Mutant(path=path, operator=name, occurrence=occurrence, line=span[0][0])
        for name, operator in OPERATORS.items()
        for occurrence, span in enumerate(
            span for node in nodes for span in operator.mutation_positions(node)
        )
    ]


def is_other_program(source: str, broken: str) -> bool:
    """Whether the broken text is Python, and does something else.

    Annotations, which no module of the package evaluates, what only a type checker reads, and how
    freely a dataclass may be misused do not count.
    """
    try:
        return _program(broken) != _program(source)
    except SyntaxError:
        return False


def _program(source: str) -> str:
    return ast.dump(_WhatIsCarriedOut().visit(ast.parse(source)))


class _WhatIsCarriedOut(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = []
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        names = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
        return None if "TYPE_CHECKING" in names else self.generic_visit(node)


def changed_lines(source: str, broken: str) -> list[str]:
    """What went, with ``-`` before it, and what came, with ``+``."""
    lines = difflib.unified_diff(source.splitlines(), broken.splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]
