"""The plot of results made up by hand."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.training.experiment.made_up import RESULTS

pytest.importorskip("matplotlib")


def test_what_is_drawn():
    from pezo_hw.training.experiment.plot import draw

    curves, ends = draw(RESULTS).axes
    assert [line.get_label() for line in curves.lines] == ["gaussian", "raw"]
    steps, accuracies = curves.lines[0].get_data()
    assert list(steps) == [0, 20, 40]
    assert list(accuracies) == pytest.approx([50, 60, 92])
    assert [label.get_text() for label in ends.get_yticklabels()] == ["gaussian", "raw"]
    middles = [container.lines[0].get_xdata()[0] for container in ends.containers]
    assert middles == pytest.approx([92, 73 / 3, 92, 80])


def test_no_two_sources_look_alike():
    from pezo_hw.training.experiment.plot import draw

    tuned = tuple(replace(RESULTS.tuned[0], source=f"source {index}") for index in range(20))
    curves, _ = draw(replace(RESULTS, common=tuned, tuned=tuned)).axes
    assert len({(line.get_color(), line.get_linestyle()) for line in curves.lines}) == 20


def test_both_files_and_the_same_bytes_again(tmp_path: Path):
    from pezo_hw.training.experiment.plot import write_plots

    png, svg = write_plots(RESULTS, tmp_path / "first")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert ElementTree.parse(svg).getroot().tag.endswith("}svg")
    again = write_plots(RESULTS, tmp_path / "second")
    assert [path.read_bytes() for path in again] == [png.read_bytes(), svg.read_bytes()]
