"""Mapping small sources with Yosys."""

import pytest

from pezo_hw import PezoError
from pezo_hw.synth import Cache, count, synthesise

COUNTER = """
module top(input clk, input rst, output reg [1:0] q);
  always @(posedge clk) if (rst) q <= 0; else q <= q + 1;
endmodule
"""
ROM = """
module top(input clk, input [8:0] address, output reg [15:0] data);
  (* rom_style = "block" *) reg [15:0] words [0:511];
  initial $readmemh("words.mem", words);
  always @(posedge clk) data <= words[address];
endmodule
"""
WORDS = [(i * 40503) & 0xFFFF for i in range(512)]


@pytest.mark.slow
def test_a_counter_of_two_bits_is_two_registers_and_no_more_than_two_luts():
    netlist = synthesise(COUNTER, {}, "top", "xcup")
    used = count(netlist)
    assert used.ff == 2
    assert 1 <= used.lut <= 2
    assert used.path.levels == 1
    assert "FDRE" in netlist.verilog
    assert netlist.verilog.count("module ") == 1


@pytest.mark.slow
def test_the_contents_of_a_rom_end_up_in_the_block_ram():
    netlist = synthesise(ROM, {"words.mem": "".join(f"{w:04x}\n" for w in WORDS)}, "top", "xcup")
    (ram,) = (cell for cell in netlist.cells if cell.type.startswith("RAMB"))
    data = "".join(ram.parameters[f"INIT_{row:02X}"] for row in reversed(range(64)))
    parity = "".join(ram.parameters[f"INITP_{row:02X}"] for row in reversed(range(8)))
    assert [_word(data, parity, index) for index in range(len(WORDS))] == WORDS


def _word(data: str, parity: str, index: int) -> int:
    """A word of a RAMB18 that is 18 bits wide: bit 8 of every nine is a parity bit (UG573)."""
    word = data[::-1][16 * index : 16 * index + 16]
    ninth = parity[::-1][2 * index]
    return int((word[:8] + ninth + word[8:15])[::-1], 2)


def test_an_error_in_the_source_is_one_line():
    with pytest.raises(PezoError, match=r"failed: .*syntax error") as error:
        synthesise("module top(; endmodule", {}, "top", "xcup")
    assert "\n" not in str(error.value)


def test_an_unknown_target_lists_the_known():
    with pytest.raises(PezoError, match=r'--target = "nope".*xcup, ecp5, ice40, nexus'):
        synthesise(COUNTER, {}, "top", "nope")


@pytest.mark.slow
@pytest.mark.parametrize("target", ["ecp5", "ice40", "nexus"])
def test_every_family_knows_its_cells(target: str):
    used = count(synthesise(COUNTER, {}, "top", target))
    assert used.ff == 2
    assert used.lut >= 1
    assert used.bram == 0


def test_a_kept_result_is_read_and_belongs_to_its_content(tmp_path, monkeypatch):
    cache = Cache(folder=tmp_path)
    first = synthesise(COUNTER, {}, "top", "ecp5", cache=cache)
    monkeypatch.setattr("pezo_hw.tools.yosys.Yosys.run", None)
    assert synthesise(COUNTER, {}, "top", "ecp5", cache=cache) == first
    with pytest.raises(TypeError):
        synthesise(COUNTER.replace("1:0", "2:0"), {}, "top", "ecp5", cache=cache)
    with pytest.raises(TypeError):
        synthesise(COUNTER, {}, "top", "ice40", cache=cache)
