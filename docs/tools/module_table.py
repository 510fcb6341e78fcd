"""``make modules``: writes the tables of modules that the documentation has, from the docstrings.

``docs/modules.md`` is every module of the package with its first sentence and its public classes.
In ``docs/architecture.md`` stand, between marks, the order of imports as the tests hold it and
every component of hardware with its first sentence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pezo_hw.cli.page import Page
from pezo_hw.text import table_lines
from pezo_hw.tools.files import write_files

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pezo_hw"
ARCHITECTURE = "docs/architecture.md"
_HEAD = """\
# Modules

Made from the docstrings by `make modules`; do not edit. [Architecture](architecture.md) says how
they hang together.
"""


def derived_files() -> dict[str, str]:
    """The texts by their place in the checkout."""
    path = ROOT / ARCHITECTURE
    text = path.read_text("utf-8")
    for part, lines in (("order", import_order()), ("components", components_table())):
        text = Page.of(path, text, part).text("\n".join([*lines, ""]))
    return {"docs/modules.md": modules_page(), ARCHITECTURE: text}


def modules_page() -> str:
    """Every folder with what it is for, and its modules in a table."""
    return "\n".join([_HEAD, *(_section(folder) for folder in _folders())])


def components_table() -> list[str]:
    """Every class of hardware, by module, with its first sentence."""
    rows = [
        (f"[`{node.name}`](../{path.relative_to(ROOT).as_posix()})", _first_sentence(node))
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in _classes(_parsed(path))
        if any(ast.unparse(base).endswith("wiring.Component") for base in node.bases)
    ]
    return table_lines(("component", "what it is"), rows, left=2)


def import_order() -> list[str]:
    """A line for each rank of the order in which packages may import one another."""
    tree = _parsed(ROOT / "tests" / "house" / "test_imports.py")
    values = {
        ast.unparse(node.targets[0]): node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    return ["```", *(", ".join(rank) for rank in ast.literal_eval(values["ORDER"])), "```"]


def _folders() -> list[Path]:
    return [path.parent for path in sorted(PACKAGE.rglob("__init__.py"))]


def _section(folder: Path) -> str:
    """A folder's heading, sentence and table; no table where all of it are folders."""
    name = ".".join(folder.relative_to(ROOT).parts)
    paths = [path for path in sorted(folder.glob("*.py")) if not path.stem.startswith("__")]
    lines = [f"## {name}\n", f"{_first_sentence(_parsed(folder / '__init__.py'))}\n"]
    if paths:
        rows = [_row(path) for path in paths]
        lines += [*table_lines(("module", "what it is", "classes"), rows, left=3), ""]
    return "\n".join(lines)


def _row(path: Path) -> tuple[str, str, str]:
    tree = _parsed(path)
    link = f"[{path.stem}](../{path.relative_to(ROOT).as_posix()})"
    return link, _first_sentence(tree), ", ".join(f"`{node.name}`" for node in _classes(tree))


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node


def _first_sentence(node: ast.Module | ast.ClassDef) -> str:
    """The first paragraph as far as its first full stop, fit for a table."""
    paragraph = (ast.get_docstring(node) or "").split("\n\n")[0]
    sentence = re.split(r"(?<=\.)\s", " ".join(paragraph.split()))[0]
    return sentence.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    write_files(ROOT, derived_files())
