"""The package is imported without what only training needs."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["pezo_hw", "pezo_hw.training", "pezo_hw.cli.main"])
def test_heavy_packages_stay_out(module: str):
    program = (
        f"import {module}, sys; print({{'torch', 'sklearn', 'matplotlib'}} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
