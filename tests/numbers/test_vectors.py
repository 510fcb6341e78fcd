"""Frozen vectors: the numbers of these configurations never change.

The files were written by `tests.reference`, not by the package; a row holds a cycle, its code, its
mantissas and its values in hexadecimal.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pezo_hw.config import parse

VECTORS = sorted((Path(__file__).parent / "vectors").glob("*.csv"))


def read(path: Path) -> tuple[str, list[list[str]]]:
    """The configuration in the header's comments, and the rows."""
    lines = path.read_text("utf-8").splitlines()
    header = "\n".join(line[2:] for line in lines if line.startswith("# "))
    return header, list(csv.reader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_stream_is_what_it_was(path: Path):
    header, rows = read(path)
    stream = parse(header, name=path.stem).stream()
    for cycle, code, *numbers in rows:
        window = stream.window(int(cycle), 1)
        mantissas, values = numbers[: stream.lanes], numbers[stream.lanes :]
        assert window.code.tolist() == [int(code)]
        assert window.mantissa[0].tolist() == [int(m) for m in mantissas]
        assert window.value[0].tolist() == [float.fromhex(v) for v in values]


def test_there_are_vectors_of_both_strategies():
    headers = [read(path)[0] for path in VECTORS]
    assert len(VECTORS) >= 6
    assert any("pre-generated" in header for header in headers)
    assert any("midrise" in header for header in headers)
