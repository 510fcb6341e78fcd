"""What is said of a bank of table-Hadamard generators."""

from __future__ import annotations

from ...facts import Facts
from .table import MAGNITUDES, SIZE, SOURCE, TABLE_FRAC, WORD_BITS


def facts_of(groups: int) -> Facts:
    """In words, and in the manifest."""
    table = f"{2 * len(MAGNITUDES)} symmetric entries of {TABLE_FRAC} fraction bits"
    return Facts(
        described={
            "generator": f"{SIZE} samples of a table, mixed by a Walsh-Hadamard transform",
            "table": f"{table}, addressed by {WORD_BITS} random bits",
            "LFSRs": f"{groups}, one for {SIZE} lanes, of {SOURCE.width} bits, "
            f"{SOURCE.leap} steps a cycle, taps {SOURCE.width} and {SOURCE.tap}, XNOR feedback",
            "value": "mantissa · 2^−frac",
        },
        manifest={
            "gaussian": {
                "generator": "table-hadamard",
                "value": "mantissa * 2^-frac",
                "transform": SIZE,
                "source": {"width": SOURCE.width, "tap": SOURCE.tap, "leap": SOURCE.leap},
            }
        },
    )
