"""What the measures were taken on."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import numpy as np


def describe_machine(torch: Any) -> str:
    """Processor, load and versions in one line."""
    threads = "no PyTorch" if torch is None else f"PyTorch {torch.__version__}"
    if torch is not None:
        threads += f" on {torch.get_num_threads()} threads"
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} processors, load {load}; {platform.system()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}, {threads}"
    )


def _processor() -> str:
    """As Linux names it; elsewhere the kind of machine."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
