"""How a line is broken: operators of cosmic-ray, and four that hardware descriptions call for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import parso.python.tree as tree
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.operators.provider import OperatorProvider

Span = tuple[tuple[int, int], tuple[int, int]]

# What is easily mistaken for what. Everything for everything would mostly be refused by Python or
# Amaranth at once, which says nothing about the tests.
_BINARY = {
    "Add": ("Sub",),
    "Sub": ("Add",),
    "Mul": ("Add",),
    "FloorDiv": ("Mul",),
    "Mod": ("FloorDiv",),
    "LShift": ("RShift",),
    "RShift": ("LShift",),
    "BitOr": ("BitAnd", "BitXor"),
    "BitAnd": ("BitOr",),
    "BitXor": ("BitOr",),
}
_COMPARISONS = {
    "Eq": ("NotEq",),
    "NotEq": ("Eq",),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
}
_OF_COSMIC_RAY = (
    *(f"ReplaceBinaryOperator_{a}_{b}" for a, others in _BINARY.items() for b in others),
    *(f"ReplaceComparisonOperator_{a}_{b}" for a, others in _COMPARISONS.items() for b in others),
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_Invert",
    "ReplaceUnaryOperator_USub_UAdd",
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ZeroIterationForLoop",
)


class DropOperand(Operator):
    """``a | b | c`` without one of its operands."""

    KINDS = frozenset({"or_test", "and_test", "expr", "xor_expr", "and_expr", "arith_expr", "term"})

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if node.type in self.KINDS:
            for operand in node.children[::2]:
                yield operand.start_pos, operand.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        gone = {0, 1} if index == 0 else {2 * index - 1, 2 * index}
        kept = [child for i, child in enumerate(node.children) if i not in gone]
        if index == 0:
            kept[0].get_first_leaf().prefix = node.get_first_leaf().prefix
        node.children = kept
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("x = a | b", "x = b"),
            Example("x = a | b", "x = a", occurrence=1),
            Example("x = a and b and c", "x = a and c", occurrence=1),
        )


class DropStatement(Operator):
    """A line that is a call, an assignment to a part, an augmented assignment or a raise, left out.

    Assignments of names stay: without them the next line fails by itself.
    """

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if node.type == "simple_stmt" and _is_droppable(node.children[0]):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        prefix = node.get_first_leaf().prefix
        node.children[0] = tree.Keyword("pass", node.start_pos, prefix)
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("x += 1\n", "pass\n"),
            Example("x.y = 1\n", "pass\n"),
            Example("f(x)\n", "pass\n"),
            Example("raise f(x)\n", "pass\n"),
        )


def _is_droppable(statement: Any) -> bool:
    if not _is_one_line(statement):
        return False
    if statement.type == "expr_stmt":
        target, sign = statement.children[:2]
        is_augmented = sign.type == "operator" and sign.value != "="
        return is_augmented or (sign.type != "annassign" and target.type != "name")
    called = statement.type in {"power", "atom_expr"} and statement.children[-1].type == "trailer"
    is_super = called and statement.children[0].get_code().strip() == "super"
    return (called and not is_super) or statement.type == "raise_stmt"


def _is_one_line(node: Any) -> bool:
    return node.start_pos[0] == node.end_pos[0]


class DropElement(Operator):
    """``m.d.comb += [a, b]``, over several lines, without one of them."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        for element in self._elements(node):
            yield element.start_pos, element.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        elements = node.children[2].children[1]
        at = elements.children.index(self._elements(node)[index])
        del elements.children[at : at + 2]
        return node

    @staticmethod
    def _elements(node: Any) -> list[Any]:
        if node.type != "expr_stmt" or node.children[1].get_code().strip() != "+=":
            return []
        added = node.children[2]
        if added.type != "atom" or added.children[1].type != "testlist_comp":
            return []
        return [e for e in added.children[1].children[::2] if _is_one_line(e)]

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("x += [\n a,\n b,\n]", "x += [\n b,\n]"),)


class CloseSlice(Operator):
    """``a[i:]`` without its last element."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if node.type == "subscript" and node.children[-1].type == "operator":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children.append(tree.Number("-1", node.end_pos))
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("x = a[i:]", "x = a[i:-1]"),)


def operators() -> dict[str, Operator]:
    """Every operator by its name, in a fixed order."""
    known = OperatorProvider()
    borrowed = {name: known[name]() for name in _OF_COSMIC_RAY}
    own = {kind.__name__: kind() for kind in (DropOperand, DropStatement, DropElement, CloseSlice)}
    return borrowed | own
