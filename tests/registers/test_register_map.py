"""The compiled map, against the text of the description and what it promises."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

from systemrdl.compiler import RDLCompiler

from pezo_hw.registers import DESCRIPTION, register_map

# What a register or a field has as an attribute in PYNQ's register maps and in IP-XACT.
_ATTRIBUTES = {
    *("access", "address", "addressBlock", "addressOffset", "bitOffset", "bitWidth", "buffer"),
    *("count", "debug", "description", "dim", "displayName", "fields", "index", "item", "items"),
    *("keys", "offset", "parameters", "range", "read", "register_map", "size", "typeIdentifier"),
    *("usage", "value", "values", "volatile", "width", "write"),
}


def test_every_register_and_its_address():
    """Read off the text by another parser: a regular expression."""
    text = DESCRIPTION.read_text()
    written = re.findall(r"^    \} (\w+) @ (0x[0-9A-F]+);$", text, re.MULTILINE)
    found = [(register.name, register.address) for register in register_map().registers]
    assert found == [(name, int(address, 16)) for name, address in written]
    assert len(found) == 22


def test_every_field_and_its_bits():
    text = DESCRIPTION.read_text()
    written = re.findall(r"\} (\w+)\[(\d+):(\d+)\]", text)
    fields = [field for register in register_map().registers for field in register.fields]
    assert [(f.name, f.low + f.width - 1, f.low) for f in fields] == [
        (name, int(high), int(low)) for name, high, low in written
    ]


def test_fields_do_not_overlap():
    for register in register_map().registers:
        edges = [(field.low, field.low + field.width) for field in register.fields]
        assert edges == sorted(edges)
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(edges))
        assert edges[-1][1] <= 32


def test_no_name_is_an_attribute_of_registers():
    """Neither of SystemRDL, nor of what software makes of a register map."""
    properties = set(RDLCompiler().env.property_rules.rdl_properties)
    assert {"mask", "reset", "enable"} < properties
    taken = {name.lower() for name in properties | _ATTRIBUTES}
    fields = {field.name for register in register_map().registers for field in register.fields}
    assert fields.isdisjoint(taken)
    assert taken.isdisjoint(register.name.lower() for register in register_map().registers)


def test_the_meanings_of_a_field():
    """Read off the text by another parser: a regular expression."""
    text = DESCRIPTION.read_text()
    written = re.findall(r"^        (\w+) = 8'd(\d+) \{ name = \"([^\"]+)\"", text, re.MULTILINE)
    fields = {
        field.name: field for register in register_map().registers for field in register.fields
    }
    found = [(each.name, str(each.value), each.title) for each in fields.pop("family").meanings]
    assert found == written
    assert len(found) == len({value for _, value, _ in found}) > 1
    assert not any(field.meanings for field in fields.values())


def test_room_for_what_is_to_come():
    """Families, and in a command a number of lanes."""
    family = next(f for f in register_map()["CAPABILITIES"].fields if f.name == "family")
    lanes = next(f for f in register_map()["BEAT"].fields if f.name == "lanes")
    assert family.width == 8
    assert register_map()["COMMAND"].fields[-1].low < 16 >= lanes.width - 1


def test_access():
    access = {r.name: {f.name: f.access for f in r.fields} for r in register_map().registers}
    assert access["STATUS"]["ready"] == "r"
    assert access["COMMAND"]["replay"] == "w"
    assert access["BEATS"]["beats"] == "rw"
    assert access["INTERRUPT_STATUS"]["done"] == "rw1c"
    assert access["HEALTH"] == {"reload": "rw", "faults": "r"}


def test_words():
    version = register_map()["VERSION"]
    assert version.reset_word == 1 << 16
    assert version.word(major=2, minor=0x1FF) == 0x2FF00
    assert register_map()["HEALTH"].stored_bits == 1
    assert register_map()["INTERRUPT_STATUS"].stored_bits == 0


def test_nothing_else_imports_the_compiler():
    """Its import takes longer than that of the command line."""
    code = "import sys, pezo_hw.cli.main as c, pezo_hw.systems.registry as r"
    code += "; print('systemrdl' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert printed.stdout.strip() == b"False"
