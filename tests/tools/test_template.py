"""Templates."""

from pathlib import Path

import pytest

from pezo_hw.tools.template import fill


@pytest.fixture
def template(tmp_path: Path):
    path = tmp_path / "template.sv"
    path.write_text('always @(posedge @{clock}) $display("@{text} @ {x}");\n', "utf-8")
    return path


def test_a_name_without_a_value_is_an_error(template: Path):
    with pytest.raises(KeyError, match="text"):
        fill(template, clock="clk")


def test_what_looks_like_a_place_stays(template: Path):
    filled = fill(template, clock="clk", text="$readmemh")
    assert filled == 'always @(posedge clk) $display("$readmemh @ {x}");\n'
