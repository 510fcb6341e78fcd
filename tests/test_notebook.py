"""What objects look like in a notebook: every fact, nothing that is markup, the same text twice."""

from __future__ import annotations

import html
from xml.etree import ElementTree

import numpy as np
import pytest

import pezo_hw
from pezo_hw import notebook
from pezo_hw.quality import quality_of
from pezo_hw.synth.levels import LongestPath
from pezo_hw.synth.resources import Resources

PRESETS = ("paper-roberta", "paper-pool")


def cells_of(text: str) -> list[list[str]]:
    """The rows of the first table, as a parser that nobody here wrote reads them."""
    table = ElementTree.fromstring(text[text.index("<table") : text.index("</table>") + 8])
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize("name", PRESETS)
def test_a_configuration(name: str):
    config = pezo_hw.load(name)
    assert dict(cells_of(config._repr_html_())) == config.described()
    assert name in config._repr_html_()


@pytest.mark.parametrize("name", PRESETS)
def test_streams(name: str):
    config = pezo_hw.load(name)
    for stream in (config.stream(), config.fast_stream()):
        rows = dict(cells_of(stream._repr_html_()))
        assert rows["orbit"] == f"{stream.orbit:,} cycles"
        assert rows["numbers a cycle"] == f"{stream.lanes:,}"


def test_quality_beside_independent_numbers():
    found = quality_of(pezo_hw.load("paper-roberta"), length=31)
    headings, *rows = cells_of(found._repr_html_())
    assert headings[1:] == ["measured", "independent Gaussian", "independent uniform"]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["participation ratio"] == [
        f"{found.participation:.4g}",
        f"{found.gaussian.participation:.4g}",
        f"{found.uniform.participation:.4g}",
    ]


def test_resources():
    path = LongestPath(levels=3, start="a", end="b", cells=("LUT6",) * 3)
    found = Resources(
        lut=1234,
        lut_by_size={"LUT6": 1234},
        lut_sites=1200,
        ff=56,
        bram=0.5,
        bram_by_type={"RAMB18E2": 1},
        carry=0,
        path=path,
    )
    rows = dict(cells_of(found._repr_html_()))
    assert (rows["LUT"], rows["flip-flops"], rows["LUT levels"]) == (
        "1,234 (1,234 LUT6)",
        "56",
        "3",
    )


def test_text_is_no_markup():
    text = "<b>&</b>"
    assert text not in notebook.card(text, [(text, text)])
    assert cells_of(notebook.card(text, [(text, text)])) == [[text, text]]
    assert html.escape(text) in notebook.card(text, [])


def test_pictures_where_matplotlib_is():
    pytest.importorskip("matplotlib")
    for draw in (
        lambda: notebook.histogram(np.arange(100.0), "a & b"),
        lambda: notebook.bars(["<x>", "y"], [0.25, 0.75], "shares"),
    ):
        picture = draw()
        assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
        assert picture == draw()


def test_none_where_it_is_not(monkeypatch):
    monkeypatch.setattr(notebook, "find_spec", lambda name: None)
    assert notebook.histogram(np.arange(3.0), "x") == notebook.bars(["x"], [1.0], "y") == ""
