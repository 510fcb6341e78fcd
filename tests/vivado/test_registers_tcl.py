"""Words of Tcl, as a Tcl interpreter reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pezo_hw.vivado.memory_map import memory_map
from pezo_hw.vivado.registers_tcl import registers_list, tcl_list, tcl_word

ODD = ("", "plain", "two words", '"quoted"', "{open", "shut}", "$name [exit] \\n", 'a "b" {c} $d;e')


@pytest.mark.tcl
def test_a_word_is_the_text(tmp_path: Path):
    words = " ".join(tcl_word(text) for text in ODD)
    # As a list in braces, which is how the script has them, and as words of a command.
    script = (
        f"foreach word {{{words}}} {{puts <$word>}}\nforeach word [list {words}] {{puts <$word>}}\n"
    )
    (tmp_path / "words.tcl").write_text(script)
    done = subprocess.run(["tclsh", "words.tcl"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines() == 2 * [f"<{text}>" for text in ODD]


@pytest.mark.tcl
def test_every_register_is_of_seven_words(tmp_path: Path):
    script = f"set registers {registers_list(memory_map('s_axi', {}))}\n"
    script += "puts [expr {[llength $registers] % 7}]\nputs [lindex $registers 0]\n"
    script += "puts [llength [lindex $registers 6]]\nputs [lindex $registers 6 5]\n"
    (tmp_path / "registers.tcl").write_text(script)
    done = subprocess.run(["tclsh", "registers.tcl"], cwd=tmp_path, capture_output=True, text=True)
    described = '"PEZO" in ASCII, the first letter highest.'
    assert done.stdout.splitlines() == ["0", "ID", "6", described]


def test_a_list_of_pairs():
    assert tcl_list({"CLK": "clk", "RST": "rst"}).split() == ["{", "CLK", "clk", "RST", "rst", "}"]
