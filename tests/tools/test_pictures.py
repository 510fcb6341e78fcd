"""Pictures: whole, without a date, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools.pictures import FORMATS, own_style, svg_text, write_picture

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


def test_a_picture_has_a_style_of_its_own(tmp_path: Path):
    matplotlib = pytest.importorskip("matplotlib")
    users = {"axes.facecolor": "red", "font.size": 30, "svg.fonttype": "none", "savefig.dpi": 7}

    def all_of_it(name: str) -> list[bytes]:
        with own_style():
            figure = drawn()
            text = svg_text(figure).encode()
        write_picture(figure, tmp_path / f"{name}.png")
        write_picture(figure, tmp_path / f"{name}.svg")
        return [text, *((tmp_path / f"{name}.{kind}").read_bytes() for kind in FORMATS)]

    expected = all_of_it("one")
    with matplotlib.rc_context(users):
        assert all_of_it("other") == expected
        assert matplotlib.rcParams["font.size"] == 30  # and leaves the user's as it is
