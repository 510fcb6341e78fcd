"""Pictures: whole, without a date, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools.pictures import FORMATS, write_picture

figures = pytest.importorskip("matplotlib.figure")


def drawn():
    figure = figures.Figure(figsize=(1, 1))
    figure.subplots().plot([0, 1], [1, 0])
    return figure


def test_the_same_picture_is_the_same_bytes(tmp_path: Path):
    for kind in FORMATS:
        for folder in ("a", "b"):
            write_picture(drawn(), tmp_path / folder / f"plot.{kind}")
        one, other = ((tmp_path / folder / f"plot.{kind}").read_bytes() for folder in "ab")
        assert one == other
        assert b"dc:date" not in one


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(PezoError, match="cannot be written"):
        write_picture(drawn(), tmp_path / "file" / "plot.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
