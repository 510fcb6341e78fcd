"""A mode of the thread is never left to the end of a `with`, which an exception can skip."""

import ast
from pathlib import Path

import pezo_hw

PACKAGE = Path(pezo_hw.__file__).parent
# Of these there are ways that put the mode back for sure: `training.gradients`, and a decorator.
MODES = {"no_grad", "enable_grad", "set_grad_enabled", "errstate"}


def modes_in(text: str) -> list[int]:
    """Lines of `with` statements that open one."""
    opened = [
        item.context_expr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.With)
        for item in node.items
    ]
    calls = [call.func for call in opened if isinstance(call, ast.Call)]
    return [f.lineno for f in calls if isinstance(f, ast.Attribute) and f.attr in MODES]


def test_no_module_opens_a_mode_in_a_with():
    assert modes_in("with a, torch.no_grad():\n    pass\n") == [1]
    modules = sorted(PACKAGE.rglob("*.py"))
    found = {str(module): modes_in(module.read_text("utf-8")) for module in modules}
    assert {module: lines for module, lines in found.items() if lines} == {}
