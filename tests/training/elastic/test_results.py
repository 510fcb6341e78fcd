"""Tables and the picture, of results made up by hand."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from pezo_hw.training.elastic.results import HEADINGS, cells, gain, markdown
from tests.training.elastic.made_up import ROWS


def test_cells():
    assert cells(ROWS) == [
        ("zo", "zo 0.001", "50.0 ± 10.0", "0.50 ± 0.10", "", "11.0"),
        ("control-1", "head 1", "72.0 ± 2.0", "0.28 ± 0.02", "", "11.0"),
        ("elastic-1", "zo 0.0001, head 1", "74.0 ± 3.0", "0.26 ± 0.03", "+2.0 ± 1.0", "11.0"),
        ("int8-elastic-1", "rate 3, head_rate 0", "60.0 ± 0.0", "0.40 ± 0.00", "", "11.0"),
    ]
    assert markdown(ROWS).count("\n") == 2 + len(ROWS)
    assert len(cells(ROWS)[0]) == len(HEADINGS)


def test_a_gain_is_taken_seed_by_seed():
    assert gain(ROWS[2], ROWS[1]) == pytest.approx((2.0, 1.0))


def test_what_is_drawn(tmp_path: Path):
    pytest.importorskip("matplotlib")
    from pezo_hw.training.elastic.plot import draw, write_plots

    curves, ends = draw(ROWS, 600).axes
    assert [line.get_label() for line in curves.lines] == [row.variant.name for row in ROWS]
    steps, accuracies = curves.lines[2].get_data()
    assert list(steps) == [0, 600]
    assert list(accuracies) == pytest.approx([10, 74])
    assert [line.get_linestyle() for line in curves.lines] == ["-", "-", "-", "--"]
    assert [label.get_text() for label in ends.get_yticklabels()] == [r.variant.name for r in ROWS]
    png, svg = write_plots(ROWS, 600, tmp_path / "new")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert ElementTree.parse(svg).getroot().tag.endswith("}svg")
