"""All files of a core and the names that a top module may have."""

import pytest

from pezo_hw import ConfigError, load
from pezo_hw.emit import emit_core


def test_the_manifest_comes_last():
    files = list(emit_core(load("paper-roberta")).files)
    assert files == [f"pezo_paper_roberta{end}" for end in (".v", "_scale_table.mem", ".json")]


@pytest.mark.parametrize(
    "name", ["", "1st", "a-b", "a b", "../x", "module", "logic", "bit", "é", "x" * 65, "a$"]
)
def test_names_that_are_no_identifier(name: str):
    with pytest.raises(ConfigError, match=r"--name .* a Verilog identifier"):
        emit_core(load("paper-roberta"), name=name)


def test_a_name_of_ones_own():
    core = emit_core(load("row-pool"), name="noise")
    assert list(core.files) == ["noise.v", "noise_pool.mem", "noise.json"]
