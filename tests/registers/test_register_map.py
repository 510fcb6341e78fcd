"""The compiled map, against the text of the description and what it promises."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

from pezo_hw.registers import DESCRIPTION, register_map


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
    assert [field.name for field in register_map()["HEALTH"].shown] == ["faults"]


def test_nothing_else_imports_the_compiler():
    """Its import takes longer than that of the command line."""
    code = "import sys, pezo_hw.cli.main as c, pezo_hw.systems.registry as r"
    code += "; print('systemrdl' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert printed.stdout.strip() == b"False"
