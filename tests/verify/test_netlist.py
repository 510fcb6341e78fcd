"""The mapped netlist in the same benches, and the models of its block RAMs."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path

import pytest

from pezo_hw.config import Config
from pezo_hw.errors import PezoError
from pezo_hw.verify import Job, Outcome, verify
from pezo_hw.verify.netlist import cell_models, mapped_netlist
from tests.netlists import config_of, flipped, mapped

BLOCKS = {"luts": [], "block": ["18"], "pool": ["36"]}


def played(
    config: Config,
    simulator: str,
    folder: Path,
    bench: str = "core",
    level: str = "netlist",
    **more,
) -> Outcome:
    job = Job(config=config, bench=bench, simulator=simulator, cycles=2000, level=level, **more)
    (outcome,) = verify([job], folder)
    return outcome


@pytest.mark.icarus
@pytest.mark.parametrize("name", BLOCKS)
def test_small_netlists_are_bit_exact_on_icarus(tmp_path, name):
    assert played(config_of(name), "icarus", tmp_path).failure == ""


@pytest.mark.parametrize(
    "simulator", ["verilator", pytest.param("icarus", marks=pytest.mark.icarus)]
)
def test_a_replay_s_netlist_is_bit_exact(tmp_path, simulator):
    assert played(config_of("luts"), simulator, tmp_path, "replay").failure == ""


@pytest.mark.slow
@pytest.mark.icarus
@pytest.mark.parametrize("preset", ["paper-roberta", "paper-opt", "paper-pool"])
def test_the_presets_netlists_are_bit_exact_on_icarus(tmp_path, preset):
    assert played(config_of(preset), "icarus", tmp_path).failure == ""


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["paper-roberta", "paper-pool"])
def test_the_presets_netlists_are_bit_exact_on_verilator(pezo, preset):
    status, out, _ = pezo("verify", preset, "--level", "netlist", "--cycles", 20_000)
    assert status == 0
    assert "bit-exact" in out


@pytest.mark.parametrize("name", BLOCKS)
def test_the_netlist_holds_mapped_cells_only(name):
    _, netlist = mapped(name)
    assert re.findall(r"^  RAMB(18|36)E2 #", netlist, re.MULTILINE) == BLOCKS[name]
    assert "always" not in netlist
    assert "$mem" not in netlist


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("name", "cell", "parameter"),
    [
        ("luts", r"LUT\d", "INIT"),
        ("luts", "FDSE", "INIT"),
        ("block", "RAMB18E2", "INIT_00"),
        ("pool", "RAMB36E2", "INIT_00"),
        ("pool", "RAMB36E2", "INITP_00"),
    ],
)
def test_a_flipped_bit_of_the_netlist_is_seen(tmp_path, name, cell, parameter):
    core, netlist = mapped(name)
    files = {core.verilog_file: flipped(netlist, cell, parameter), **cell_models()}
    outcome = played(config_of(name), "icarus", tmp_path, level="rtl", rtl=files)
    assert "expected" in outcome.failure


@pytest.mark.icarus
@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (".DOA_REG(32'sd0)", ".DOA_REG(1)", "RAMB18E2_output_registers_are_not_modelled"),
        (".READ_WIDTH_A(32'd2)", ".READ_WIDTH_A(3)", "pezo_ramb_has_no_such_read_width"),
        (".WRITE_WIDTH_A(32'd0)", ".WRITE_WIDTH_A(2)", "a_port_that_reads_and_writes"),
        (".WEA(2'h0)", ".WEA(2'h1)", "RAMB18E2: a pin asks for what is not modelled"),
        (".RSTRAMARSTRAM(1'h0)", ".RSTRAMARSTRAM(1'h1)", "a pin asks for what is not modelled"),
    ],
)
def test_a_mode_that_is_not_modelled_is_refused(tmp_path, right, wrong, says):
    core, netlist = mapped("block")
    assert netlist.count(right) == 1
    files = {core.verilog_file: netlist.replace(right, wrong), **cell_models()}
    outcome = played(config_of("block"), "icarus", tmp_path, level="rtl", rtl=files)
    assert not outcome.passed
    assert says in next(tmp_path.glob("*/log.txt")).read_text()


_ROW = (1 << 256) - 1
WIDTHS = [
    *(("RAMB18E2", 14, 16, width) for width in (1, 2, 4, 9, 18, 36)),
    *(("RAMB36E2", 15, 32, width) for width in (1, 2, 4, 9, 18, 36, 72)),
]


@pytest.mark.icarus
@pytest.mark.parametrize(("cell", "address_bits", "half", "width"), WIDTHS)
def test_every_read_width_of_the_models(tmp_path, cell, address_bits, half, width):
    """Word a: data bits a * d ... of INIT in order, parity bits a * p ... of INITP in order."""
    parity_bits = width // 9
    data_bits, words = width - parity_bits, (1 << address_bits) // (width - parity_bits)
    contents = random.Random(width)
    data, parity = contents.getrandbits(1 << address_bits), contents.getrandbits(words * 8)
    (tmp_path / "bench.v").write_text(_reader(cell, address_bits, half, width, data, parity))
    (tmp_path / "ramb.v").write_text(cell_models()["ramb.v"])
    subprocess.run(
        ["iverilog", "-g2012", "-s", "bench", "-o", "x", "bench.v", "ramb.v"],
        cwd=tmp_path,
        check=True,
    )
    shown = subprocess.check_output(["vvp", "x"], cwd=tmp_path, text=True).split("\n")
    for address in range(words):
        word = data >> address * data_bits & (1 << data_bits) - 1
        extra = parity >> address * parity_bits & (1 << parity_bits) - 1
        seen_data, seen_parity = shown[address].split()
        assert int(seen_data[-data_bits:], 2) == word
        assert not parity_bits or int(seen_parity[-parity_bits:], 2) == extra


def _reader(cell: str, address_bits: int, half: int, width: int, data: int, parity: int) -> str:
    """Verilog that shows the words of a block RAM one after another, in binary."""
    rows = [f".INIT_{i:02X}(256'h{data >> 256 * i & _ROW:x})" for i in range(1 << address_bits - 8)]
    rows += [
        f".INITP_{i:02X}(256'h{parity >> 256 * i & _ROW:x})" for i in range(1 << address_bits - 11)
    ]
    shift = (width - width // 9).bit_length() - 1
    idle = "ENBWREN RSTRAMARSTRAM RSTRAMB RSTREGARSTREG RSTREGB SLEEP REGCEAREGCE REGCEB WEA WEBWE"
    return f"""module bench;
    reg clk = 0;
    reg [{address_bits}:0] address = 0;
    wire [{half - 1}:0] a, b;
    wire [{half // 8 - 1}:0] pa, pb;
    {cell} #(.DOA_REG(0), .DOB_REG(0), .READ_WIDTH_A({width}), {", ".join(rows)}) block (
        .CLKARDCLK(clk), .ENARDEN(1'b1), .ADDRARDADDR(address[{address_bits - 1}:0]),
        .ADDRENA(1'b1), .ADDRENB(1'b1), {", ".join(f".{pin}(0)" for pin in idle.split())},
        .DOUTADOUT(a), .DOUTBDOUT(b), .DOUTPADOUTP(pa), .DOUTPBDOUTP(pb)
    );
    initial while (!address[{address_bits}]) begin
        #1 clk = 1;
        #1 $display("%b %b", {{b, a}}, {{pb, pa}});
        clk = 0;
        address = address + {1 << shift};
    end
endmodule
"""


def test_amaranths_simulator_has_no_netlist(pezo):
    status, _, err = pezo("verify", "paper-pool", "--level", "netlist", "--simulator", "amaranth")
    assert status == 2
    assert "--level netlist needs a Verilog simulator; allowed: verilator, icarus" in err


def test_the_netlist_has_no_bench_but_the_core(pezo):
    options = ("--level", "netlist", "--bench", "lfsr-bank")
    status, _, err = pezo("verify", "paper-roberta", *options)
    assert status == 2
    assert "allowed for paper-roberta: core" in err


def test_verilog_that_yosys_cannot_map_is_one_line():
    with pytest.raises(PezoError, match=r"pyosys .* failed: .*syntax error"):
        mapped_netlist("module top (;", {}, "top")
