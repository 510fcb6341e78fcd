"""The registers in the memory map, against the lines of their description."""

from __future__ import annotations

import re

from pezo_hw.registers import DESCRIPTION
from pezo_hw.vivado.memory_map import memory_map
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
    for register in memory_map("s_axi", {}).iter(f"{SPIRIT}register"):
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
    (block,) = memory_map("s_axi", {}).iter(f"{SPIRIT}addressBlock")
    assert block.findtext(f"{SPIRIT}range") == "4096"
    assert int(block.findtext(f"{SPIRIT}baseAddress"), 16) == 0


def test_access():
    access = {
        register.findtext(f"{SPIRIT}name"): register.find(f"{SPIRIT}field").findtext(
            f"{SPIRIT}access"
        )
        for register in memory_map("s_axi", {}).iter(f"{SPIRIT}register")
    }
    assert access["STATUS"] == "read-only"
    assert access["COMMAND"] == "write-only"
    assert access["BEATS"] == "read-write"


def test_every_register_says_what_it_is_and_who_may_use_it():
    for register in memory_map("s_axi", {}).iter(f"{SPIRIT}register"):
        assert register.findtext(f"{SPIRIT}description")
        allowed = {field.findtext(f"{SPIRIT}access") for field in register.iter(f"{SPIRIT}field")}
        whole = register.findtext(f"{SPIRIT}access")
        assert whole in allowed
        assert whole == "read-write" or len(allowed) == 1


def test_the_parameters_of_a_board_support_package():
    (block,) = memory_map("s_axi", {}).iter(f"{SPIRIT}addressBlock")
    found = {
        each.findtext(f"{SPIRIT}name"): each.findtext(f"{SPIRIT}value")
        for each in block.iter(f"{SPIRIT}parameter")
    }
    assert found == {
        "OFFSET_BASE_PARAM": "C_S_AXI_BASEADDR",
        "OFFSET_HIGH_PARAM": "C_S_AXI_HIGHADDR",
    }


def reset_of(constants: dict[str, int], name: str) -> tuple[int, int] | None:
    """Value and mask of a register's reset."""
    for register in memory_map("s_axi", constants).iter(f"{SPIRIT}register"):
        if register.findtext(f"{SPIRIT}name") == name:
            value = register.findtext(f"{SPIRIT}reset/{SPIRIT}value")
            mask = register.findtext(f"{SPIRIT}reset/{SPIRIT}mask")
            return (int(value, 0), int(mask, 0)) if value else None
    raise KeyError(name)


def test_constants_are_reset_values():
    constants = {"BEAT.lanes": 31, "BEAT.slot_bytes": 1, "NUMBER.base": -2, "CONTROL.restart": 1}
    assert reset_of({}, "BEAT") is None
    assert reset_of(constants, "BEAT") == (1 << 24 | 31, 0x0701FFFF)
    assert reset_of(constants, "NUMBER") == (0xFE << 24, 0xFF000000)
    # What the description says stays where no constant says otherwise.
    assert reset_of(constants, "ID") == (0x50455A4F, 0xFFFFFFFF)
    assert reset_of(constants, "CONTROL") == (1, 1)
