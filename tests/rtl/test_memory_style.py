"""What is larger than a LUT's 64 words is block RAM, and no smaller memory is."""

from __future__ import annotations

from typing import Any

from amaranth.hdl import Module, Signal

from pezo_hw.rtl.delay_line import DelayLine
from pezo_hw.rtl.memories import WriteSignature, add_ram, add_rom


def attributes(add: Any, words: int, **others: Any) -> dict[str, str]:
    """Those of a memory of so many words."""
    m, bits = Module(), (words - 1).bit_length()
    if add is add_ram:
        others["write"] = WriteSignature(bits, 3).create()
    add(m, "it", width=3, contents=[0] * words, address=Signal(bits), en=Signal(), **others)
    return dict(m.submodules.it.attrs)


def delay_line(words: int) -> dict[str, str]:
    """Those of the memory of a delay line that keeps so many words in one."""
    m = Module()
    DelayLine(width=3, delay=words + 1)._through_memory(m)
    return dict(m.submodules.delayed_words.attrs)


def test_roms_and_rams():
    assert attributes(add_rom, 64) == attributes(add_ram, 64) == {}
    assert attributes(add_rom, 65) == {"rom_style": "block"}
    assert attributes(add_ram, 65) == {"ram_style": "block"}


def test_delay_lines():
    """Without a style of its own one of them may become flip-flops."""
    assert delay_line(64) == {"ram_style": "distributed"}
    assert delay_line(65) == {"ram_style": "block"}
