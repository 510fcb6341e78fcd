"""The price of the layers."""

from dataclasses import replace

from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.synth.layers import LAYER_ROWS
from pezo_hw.synth.rows import PAPER_ROWS


def test_a_row_is_named_after_what_is_not_the_default():
    core = PAPER_ROWS[1]
    options = SystemOptions(load="phase", health="flag")
    assert core.name == "paper-roberta"
    assert replace(core, system="replay").name == "paper-roberta, replay"
    named = replace(core, system="replay", options=options).name
    assert named == "paper-roberta, replay, load phase, health flag"


def test_the_options_reach_the_configuration():
    options = SystemOptions(load="contents")
    assert replace(PAPER_ROWS[0], options=options).config.system == options


def test_every_preset_has_its_layers_and_names_are_unique():
    names = [row.name for row in LAYER_ROWS]
    assert len(set(names)) == len(names)
    assert {row.source for row in LAYER_ROWS} == {row.source for row in PAPER_ROWS}


def test_nothing_is_asked_of_a_pool_that_it_cannot_have():
    of_pool = [row for row in LAYER_ROWS if row.source in ("paper-pool", "row-pool")]
    assert not any(row.options.checks_health for row in of_pool)
