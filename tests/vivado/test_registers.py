"""The registers in the memory map, against the lines of their description."""

from __future__ import annotations

import re

from pezo_hw.vivado.registers import DESCRIPTION, memory_map
from tests.vivado.declared import SPIRIT


def described() -> dict[str, tuple[int, dict[str, tuple[int, int]]]]:
    """Address, and place and width of each field, read off the text by its punctuation alone."""
    text = re.sub(r"//[^\n]*|\"(\\.|[^\"\\])*\"", "", DESCRIPTION.read_text("utf-8"))
    found = {}
    for body, name, address in re.findall(
        r"reg \{(.*?)\n    \} (\w+) @ (0x[0-9A-F]+);", text, re.S
    ):
        fields = re.findall(r"\} (\w+)\[(\d+):(\d+)\]", body)
        found[name] = (
            int(address, 16),
            {field: (int(low), int(high) - int(low) + 1) for field, high, low in fields},
        )
    return found


def test_every_register_and_field():
    registers = {}
    for register in memory_map("s_axi").iter(f"{SPIRIT}register"):
        fields = {
            field.findtext(f"{SPIRIT}name"): (
                int(field.findtext(f"{SPIRIT}bitOffset")),
                int(field.findtext(f"{SPIRIT}bitWidth")),
            )
            for field in register.iter(f"{SPIRIT}field")
        }
        address = int(register.findtext(f"{SPIRIT}addressOffset"), 16)
        registers[register.findtext(f"{SPIRIT}name")] = (address, fields)
    assert registers == described()
    assert registers["ID"] == (0, {"magic": (0, 32)})
    assert len(registers) > 15


def test_it_spans_what_a_block_design_gives_it():
    (block,) = memory_map("s_axi").iter(f"{SPIRIT}addressBlock")
    assert block.findtext(f"{SPIRIT}range") == "4096"
    assert int(block.findtext(f"{SPIRIT}baseAddress"), 16) == 0


def test_access():
    access = {
        register.findtext(f"{SPIRIT}name"): register.find(f"{SPIRIT}field").findtext(
            f"{SPIRIT}access"
        )
        for register in memory_map("s_axi").iter(f"{SPIRIT}register")
    }
    assert access["STATUS"] == "read-only"
    assert access["COMMAND"] == "write-only"
    assert access["BEATS"] == "read-write"
