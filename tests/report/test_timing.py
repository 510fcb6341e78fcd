"""Timing diagrams, and that those of the documentation are what the hardware does."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pezo_hw import PezoError, load
from pezo_hw.report import timing
from pezo_hw.report.timing import Row, TimingDiagram

pytest.importorskip("wavedrom")


@pytest.fixture
def diagrams(root: Path, monkeypatch: pytest.MonkeyPatch):
    """The documentation's script."""
    monkeypatch.setattr(sys, "path", [str(root / "docs/tools"), *sys.path])
    import timing_diagrams

    return timing_diagrams


@pytest.mark.slow
def test_those_of_the_documentation_are_fresh(diagrams, root: Path):
    made = diagrams.derived_files()
    stale = [name for name, text in made.items() if (root / name).read_text("utf-8") != text]
    assert stale == [], "make diagrams draws them anew"
    assert len(made) == 4
    pages = "".join(page.read_text("utf-8") for page in (root / "docs").glob("*.md"))
    assert [name for name in made if name.removeprefix("docs/") not in pages] == []


def test_a_diagram_of_other_numbers_is_not_drawn(diagrams):
    core = diagrams.scenes()[0]
    config = load(core.preset)
    seen = diagrams.play(core, config)
    diagrams.require_golden(core, config, seen)
    with pytest.raises(PezoError, match="is not the golden one"):
        diagrams.require_golden(replace(core, beats=[1, 2, 3, 4, 5, 0, 1]), config, seen)
    with pytest.raises(ValueError, match="shorter"):
        diagrams.require_golden(replace(core, beats=[0, 1, 2, 3, 4, 0, 1, 2]), config, seen)


@pytest.mark.parametrize(
    ("row", "wave", "data"),
    [
        (Row(name="a", values=[1, 1, 0, None, 0], is_bit=True), "1.0x0", None),
        (Row(name="a", values=[None, -3, -3, 5, None]), "x=.=x", ["-3", "5"]),
        (Row(name="a", values=[72, 4], is_address=True), "==", ["0x048", "0x004"]),
    ],
)
def test_a_row_is_drawn_where_it_changes(row: Row, wave: str, data: list[str] | None):
    assert row.as_wave() == {"name": "a", "wave": wave} | ({"data": data} if data else {})


def test_the_picture_has_every_number_and_a_title():
    rows = [Row(name="lane 0", values=[None, -68, 118]), Row(name="lane 1", values=[7, 8, 8])]
    diagram = TimingDiagram(title="a <title>", clock="aclk", groups=[("mantissa", rows)])
    text = diagram.svg()
    assert text == diagram.svg()
    root = ElementTree.fromstring(text)
    said = [element.text for element in root.iter() if element.text]
    assert "a <title>" in said
    assert {"aclk", "mantissa", "lane 0", "lane 1", "-68", "118", "7", "8"} <= set(said)
    # Whatever has a colour has one on a dark page as well.
    classes = {name for e in root.iter() for name in e.get("class", "").split()} - {"WaveDrom"}
    dark = timing._STYLE.partition("dark")[2]
    assert [name for name in classes if not re.search(rf"\.{name}\b", dark)] == []
    # Shapes that are used are there, and only those.
    links = {e.get("{http://www.w3.org/1999/xlink}href", "#")[1:] for e in root.iter()} - {""}
    shapes = {e.get("id") for d in root.iter("{http://www.w3.org/2000/svg}defs") for e in d}
    assert links == shapes - {None}


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    diagram = TimingDiagram(title="", groups=[("", [Row(name="a", values=[1])])])
    with pytest.raises(PezoError, match=r"pezo-hw\[report\]"):
        diagram.svg()
