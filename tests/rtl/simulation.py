"""Runs a bench on Amaranth's simulator, in this process."""

from __future__ import annotations

from pathlib import Path

from pezo_hw.config import parse
from pezo_hw.verify import Job
from pezo_hw.verify.amaranth_simulator import simulate


def run(text: str, bench: str, folder: Path, *, cycles: int | None = None) -> None:
    """Raises AssertionError at the first bit that is not the golden one."""
    config = parse(text, name="case")
    simulate(
        Job(
            config=config,
            bench=bench,
            simulator="amaranth",
            cycles=cycles or min(300, 2 * config.parameters.joint_orbit + 10),
        ),
        folder,
    )
