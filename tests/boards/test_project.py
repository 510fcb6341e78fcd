"""The Vivado project: its files, its constraints, and the whole of it in a simulator."""

from __future__ import annotations

import json
import re
import zlib
from itertools import islice
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.boards import BOARDS, project_files, simulate
from pezo_hw.config import parse
from pezo_hw.errors import PezoError
from pezo_hw.tools.yosys import run_yosys
from tests.cases import OTF, PRE
from tests.reference import OnTheFly

BOARD = BOARDS["zcu102"]
CORE = "dut.self_test.run.core"
RING = f"{CORE}.rotating_bank.lfsr_bank.states"
ROWS = f"{CORE}.reader.row_counter.counter_0"
SMALL = OTF + "rngs = 7\nwidth = 5\n"
# GPIO_LED_0 ... 4, CPU_RESET, GPIO_SW_C, GPIO_DIP_SW0 and CLK_125, from an XDC file that is not
# the platform's source: alexforencich/verilog-ethernet, example/ZCU102/fpga/fpga.xdc.
PINS = {
    "clk125_0__p": ("G21", "LVDS_25"),
    "clk125_0__n": ("F21", "LVDS_25"),
    "led_0__io": ("AG14", "LVCMOS33"),
    "led_1__io": ("AF13", "LVCMOS33"),
    "led_2__io": ("AE13", "LVCMOS33"),
    "led_3__io": ("AJ14", "LVCMOS33"),
    "led_4__io": ("AJ15", "LVCMOS33"),
    "rst_0__io": ("AM13", "LVCMOS33"),
    "button_center_0__io": ("AG13", "LVCMOS33"),
    "switch_0__io": ("AN14", "LVCMOS33"),
}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return project_files(BOARD, parse(SMALL, name="small"))


def test_the_constraints_name_every_pin_and_no_other(files):
    head = re.search(r"module top\((.*?)\);", files["top.v"], re.DOTALL)
    assert {port.strip() for port in head[1].split(",")} == set(PINS)
    places = re.findall(r'set_property LOC (\S+) \[get_ports "(\S+)"\]', files["top.xdc"])
    kinds = re.findall(r'set_property IOSTANDARD "(\S+)" \[get_ports "(\S+)"\]', files["top.xdc"])
    assert sorted(places) == sorted((pin, port) for port, (pin, _) in PINS.items())
    assert sorted(kinds) == sorted((kind, port) for port, (_, kind) in PINS.items())


def test_the_clock_is_constrained_to_125_mhz(files):
    assert re.findall(r"create_clock .*-period (\S+) \[get_nets \"(\S+)\"\]", files["top.xdc"]) == [
        ("8.0", "clk125_0__p")
    ]


def test_the_script_names_the_part_and_every_source(files):
    script = files["top.tcl"]
    assert "-part xczu9eg-ffvb1156-2-e\n" in script
    added = {name.strip('"') for name in re.findall(r"^add_files (\S+)$", script, re.MULTILINE)}
    assert added == {name for name in files if name.endswith(".v")}
    assert "write_bitstream" in script


def test_inputs_are_synchronised_in_a_way_that_vivado_knows(files):
    chains = re.findall(r"module top_\w+_synchroniser.*?endmodule", files["top.v"], re.DOTALL)
    assert len(chains) == 3
    for chain in chains:
        assert chain.count('(* ASYNC_REG = "TRUE" *)') == 2
        assert chain.count("always @(posedge clk)") == 2
        assert '(* \\amaranth.vivado.false_path  = "TRUE" *)' in chain


def test_every_cell_and_port_is_known_to_a_library_of_the_device(files, tmp_path: Path):
    sources = [name for name in files if name.endswith(".v")]
    for name in sources:
        (tmp_path / name).write_text(files[name], "utf-8")
    libraries = "+/xilinx/cells_sim.v +/xilinx/cells_xtra.v"
    commands = [f"read_verilog -lib {libraries}", f"read_verilog {' '.join(sources)}"]
    run_yosys([*commands, "hierarchy -check -top top", "proc", "check -assert"], tmp_path)


def test_nothing_names_this_machine_and_every_run_writes_the_same(files, root: Path):
    assert project_files(BOARD, parse(SMALL, name="small")) == files
    for text in files.values():
        assert str(root) not in text
        assert text.endswith("\n")


def test_the_description_says_what_another_library_says(files):
    description = json.loads(files["pezo_self_test.json"])
    beats = b""
    for code, mantissas in islice(OnTheFly(rngs=7, width=5).cycles(), 7 * 31):
        word = sum((m & 31) << 5 * lane for lane, m in enumerate(mantissas)) | code << 35
        beats += word.to_bytes(8, "little")
    words = [b"".join(beats[at : at + 4] for at in range(k, len(beats), 8)) for k in (0, 4)]
    assert description["expected"] == [f"{zlib.crc32(word):08x}" for word in words]
    assert description["joint_orbit"] == 217
    assert description["beat"] == {"mantissa": 35, "code": 2}


@pytest.mark.parametrize(
    ("name", "upset", "simulator"),
    [
        pytest.param("small", f"{RING}[3]", "icarus", marks=pytest.mark.icarus),
        pytest.param("row-pool", f"{ROWS}[0]", "icarus", marks=pytest.mark.icarus),
        pytest.param("paper-roberta", f"{RING}[99]", "verilator", marks=pytest.mark.slow),
    ],
    ids=["small", "pool", "roberta"],
)
def test_the_whole_project_at_the_pins(name: str, upset: str, simulator: str):
    """From power-up with a bit that woke up wrong, which the power-up reset must put right."""
    config = parse(SMALL, name=name) if name == "small" else load(name)
    moments = simulate(BOARD, config, project_files(BOARD, config), simulator, upset=upset)
    assert [moment.high for moment in moments] == [
        ("running",),  # power-up
        ("passed",),
        ("running",),  # the button is held
        ("failed", "injected"),
        ("running",),
        ("passed",),
    ]
    assert all(moment.passed for moment in moments)


@pytest.mark.icarus
def test_hardware_that_is_wrong_is_seen_at_the_pins(files):
    """A bit that the reset does not put right, since the module's text says another start."""
    states = re.compile(r"(states <= 35'h)([0-9a-f]+)")
    text = files["pezo_self_test.v"]
    assert states.search(text)
    broken = states.sub(lambda found: f"{found[1]}{int(found[2], 16) ^ 8:x}", text)
    moments = simulate(
        BOARD, parse(SMALL, name="small"), files | {"pezo_self_test.v": broken}, "icarus"
    )
    assert [moment.passed for moment in moments] == [True, False, True, True, True, False]
    assert moments[1].high == ("failed",)


@pytest.mark.icarus
def test_a_simulation_that_ends_early_is_an_error(files):
    config = parse(SMALL, name="small")
    text = files["pezo_self_test.v"].replace("endmodule", "initial #200 $finish;\nendmodule", 1)
    ended = files | {"pezo_self_test.v": text}
    with pytest.raises(PezoError, match=r"icarus ended after 1 of 6 moments"):
        simulate(BOARD, config, ended, "icarus")


def test_a_pool_without_hardware_is_refused():
    config = parse(PRE + "pool = 10\nlanes = 3\n", name="loose")
    with pytest.raises(PezoError, match=r"loose: pre-generated\.lanes"):
        project_files(BOARD, config)


def test_an_orbit_that_is_too_long_is_refused():
    config = load("mezo")
    with pytest.raises(PezoError, match=r"mezo: joint orbit = .* allowed for a self-test: up to"):
        project_files(BOARD, config)
