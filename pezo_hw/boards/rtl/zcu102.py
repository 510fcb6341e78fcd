"""AMD's ZCU102 evaluation board: the facts."""

from __future__ import annotations

from typing import Any, ClassVar

from amaranth.build import Attrs, Clock, DiffPairs, Pins, Resource
from amaranth.vendor import XilinxPlatform

# From the vendor's board file, version 3.4 (github.com/Xilinx/XilinxBoardStore,
# boards/Xilinx/zcu102/3.4: part0_pins.xml has pins and I/O standards, board.xml says that buttons
# and LEDs are active high), read 2026-11. The XDC files of three projects that run on the board
# agree pin by pin; docs/board.md lists them.
_LEDS = "AG14 AF13 AE13 AJ14 AJ15 AH13 AH14 AL12"  # GPIO_LED_0 ... GPIO_LED_7
_SWITCHES = "AN14 AP14 AM14 AN13 AN12 AP12 AL13 AK13"  # GPIO_DIP_SW0 ... GPIO_DIP_SW7
_BUTTONS = {  # GPIO_SW_C, _N, _E, _S, _W
    "center": "AG13",
    "north": "AG15",
    "east": "AE14",
    "south": "AE15",
    "west": "AF15",
}
_BANK_44 = Attrs(IOSTANDARD="LVCMOS33")


def _each(name: str, pins: str, direction: str) -> list[Any]:
    return [
        Resource(name, number, Pins(pin, dir=direction), _BANK_44)
        for number, pin in enumerate(pins.split())
    ]


class ZCU102Platform(XilinxPlatform):
    """The programmable logic of a ZCU102: XCZU9EG-2FFVB1156E and what is soldered to it.

    Resources, all active high: ``led`` 0 ... 7, ``switch`` 0 ... 7 (the DIP switch),
    ``button_center``, ``button_north``, ``button_east``, ``button_south``, ``button_west``,
    ``rst`` (the button CPU_RESET), and the clocks ``clk125`` and ``clk74_25``, which are fixed, and
    ``clk300``, which software can change.
    """

    device = "xczu9eg"
    package = "ffvb1156"
    speed = "2-e"
    default_clk = "clk125"
    default_rst = "rst"
    resources: ClassVar[list[Any]] = [
        Resource(
            "clk125",
            0,
            DiffPairs("G21", "F21", dir="i"),
            Clock(125e6),
            Attrs(IOSTANDARD="LVDS_25"),
        ),
        Resource(
            "clk74_25",
            0,
            DiffPairs("AK15", "AK14", dir="i"),
            Clock(74.25e6),
            Attrs(IOSTANDARD="LVDS_25"),
        ),
        Resource(
            "clk300",
            0,
            DiffPairs("AL8", "AL7", dir="i"),
            Clock(300e6),
            Attrs(IOSTANDARD="DIFF_SSTL12"),
        ),
        Resource("rst", 0, Pins("AM13", dir="i"), _BANK_44),
        *(
            Resource(f"button_{side}", 0, Pins(pin, dir="i"), _BANK_44)
            for side, pin in _BUTTONS.items()
        ),
        *_each("led", _LEDS, "o"),
        *_each("switch", _SWITCHES, "i"),
    ]
    connectors: ClassVar[list[Any]] = []
