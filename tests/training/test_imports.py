"""The package is imported without what only training needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["pezo_hw", "pezo_hw.training", "pezo_hw.cli.main"])
def test_heavy_packages_stay_out(module: str):
    heavy = "{'torch', 'sklearn', 'matplotlib'}"
    program = f"import {module}, sys; print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "set()\n"
