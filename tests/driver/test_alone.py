"""The Python driver works where nothing but itself and NumPy is: copied to a board."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pezo_hw.driver

FOLDER = Path(pezo_hw.driver.__file__).parent
BOARDS_PYTHON = (3, 10)
MODULES = sorted(FOLDER.rglob("*.py"))


def test_a_copy_of_the_folder(tmp_path: Path):
    copy = tmp_path / "pezo_driver"
    for module in MODULES:
        place = copy / module.relative_to(FOLDER)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(module.read_bytes())
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import pezo_driver\n"
        "class Nothing:\n"
        "    def read(self, offset): return 0\n"
        "    def write(self, offset, value): pass\n"
        "try: pezo_driver.PerturbationDevice(Nothing())\n"
        "except pezo_driver.NotFoundError as error: print(error)\n"
        "heavy = {'pezo_hw', 'amaranth', 'cocotb', 'pyosys', 'systemrdl', 'rich', 'click'}\n"
        "print(heavy & {name.split('.')[0] for name in sys.modules})\n"
    )
    out = subprocess.check_output([sys.executable, "-I", "-c", program], text=True, cwd=tmp_path)
    assert out == ("ID = 0x00000000: no perturbation generator; allowed: 0x50455a4f\nset()\n")


@pytest.mark.parametrize("module", MODULES, ids=[str(m.relative_to(FOLDER)) for m in MODULES])
def test_older_syntax_and_own_imports(module: Path):
    """PYNQ's images have Python 3.10: newer syntax does not parse there."""
    tree = ast.parse(module.read_text("utf-8"), feature_version=BOARDS_PYTHON)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level <= len(module.relative_to(FOLDER).parts), ast.unparse(node)
            if node.level == 0:
                assert _allowed(node.module or "", module), ast.unparse(node)
        elif isinstance(node, ast.Import):
            assert all(_allowed(name.name, module) for name in node.names), ast.unparse(node)


def _allowed(name: str, module: Path) -> bool:
    """PYNQ's in the one module that is for it."""
    top = name.split(".")[0]
    theirs = {"numpy", "pynq"} if module.name == "overlay.py" else {"numpy"}
    return top in theirs or top in sys.stdlib_module_names
