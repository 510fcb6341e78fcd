"""The board's facts against a source that they were not taken from.

The pins below were read in slaclab/axi-soc-ultra-plus-core, hardware/XilinxZcu102/xdc, whose
comments give the net's name in AMD's master XDC; the user clock in litex-hub/litex-boards.
"""

from __future__ import annotations

import pytest

from pezo_hw.boards.rtl.zcu102 import ZCU102Platform

SINGLE = {
    ("rst", 0): "AM13",
    ("button_east", 0): "AE14",
    ("button_south", 0): "AE15",
    ("button_north", 0): "AG15",
    ("button_west", 0): "AF15",
    ("button_center", 0): "AG13",
    ("led", 0): "AG14",
    ("led", 1): "AF13",
    ("led", 2): "AE13",
    ("led", 3): "AJ14",
    ("led", 4): "AJ15",
    ("led", 5): "AH13",
    ("led", 6): "AH14",
    ("led", 7): "AL12",
    ("switch", 7): "AK13",
    ("switch", 6): "AL13",
    ("switch", 5): "AP12",
    ("switch", 4): "AN12",
    ("switch", 3): "AN13",
    ("switch", 2): "AM14",
    ("switch", 1): "AP14",
    ("switch", 0): "AN14",
}
DIFFERENTIAL = {
    ("clk125", 0): ("G21", "F21", "LVDS_25", 125e6),
    ("clk74_25", 0): ("AK15", "AK14", "LVDS_25", 74.25e6),
    ("clk300", 0): ("AL8", "AL7", "DIFF_SSTL12", 300e6),
}


@pytest.fixture(scope="module")
def resources():
    return ZCU102Platform().resources


def test_every_resource_is_known(resources):
    assert set(resources) == set(SINGLE) | set(DIFFERENTIAL)


def test_pins(resources):
    for key, pin in SINGLE.items():
        resource = resources[key]
        (pins,) = resource.ios
        assert (key, pins.names) == (key, [pin])
        assert pins.dir == ("o" if key[0] == "led" else "i")
        assert not pins.invert
        assert resource.attrs == {"IOSTANDARD": "LVCMOS33"}


def test_clocks(resources):
    for key, (positive, negative, standard, hertz) in DIFFERENTIAL.items():
        resource = resources[key]
        (pair,) = resource.ios
        assert (pair.p.names, pair.n.names) == ([positive], [negative])
        assert resource.attrs == {"IOSTANDARD": standard}
        assert resource.clock.frequency == hertz


def test_the_part_as_vivado_names_it():
    assert ZCU102Platform()._part == "xczu9eg-ffvb1156-2-e"
