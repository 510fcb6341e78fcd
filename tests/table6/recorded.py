"""The table as it was recorded, without measuring anything."""

from __future__ import annotations

from pathlib import Path

from pezo_hw.synth.batch import measurement_of
from pezo_hw.synth.record import read_record
from pezo_hw.table6 import read_behaviours
from pezo_hw.table6.table import TABLE_ROWS, Comparison, comparisons_of


def recorded_table(root: Path) -> list[Comparison]:
    """Of the counts in `tests/synth/figures.json` and the behaviours beside this file."""
    entries = read_record(root / "tests/synth/figures.json").entries
    counts = [
        measurement_of(row, "xcup", entries["xcup", row.name].resources) for row in TABLE_ROWS
    ]
    behaviours = read_behaviours(root / "tests/table6/behaviour.json").entries
    return comparisons_of(counts, {name: found for name, (_, found) in behaviours.items()})
