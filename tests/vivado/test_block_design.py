"""The script of a block design, under stubs that refuse what Vivado would refuse."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from pezo_hw.config import parse
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.vivado import ClockParameters, Part, hand_off
from pezo_hw.vivado.block_design import block_design_text
from tests.cases import OTF, PRE
from tests.vivado.cases import CLOCK, axi_design, quiet
from tests.vivado.tcl import Run, run_script

PARTS = {"zynq_ultra_ps_e": "xczu9eg-ffvb1156-2-e", "processing_system7": "xc7z020clg400-1"}
FREQUENCY = {
    "zynq_ultra_ps_e": "CONFIG.PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ",
    "processing_system7": "CONFIG.PCW_FPGA0_PERIPHERAL_FREQMHZ",
}
FIRST = {"zynq_ultra_ps_e": 0xA0000000, "processing_system7": 0x40000000}
# Slots of 1 and 2 bytes, with and without an exponent code; beats of 64 to 128 bits, but for "odd".
TEXTS = {
    "one": OTF + "rngs = 7\nwidth = 5\nlanes = 7\n",
    "two": OTF + "rngs = 7\nwidth = 12\nlanes = 7\n",
    "three": PRE + "pool = 91\nlanes = 8\nwidth = 5\n",
    "four": PRE + "pool = 91\nlanes = 7\nwidth = 12\n[system]\ntdata = 'power-of-two'\n",
    "five": OTF + "rngs = 7\nwidth = 5\nlanes = 15\n",
    "odd": OTF + "rngs = 7\nwidth = 5\nlanes = 5\n",
}
BITS = {"one": 64, "two": 128, "three": 64, "four": 128, "five": 128}


@cache
def core(name: str, part: str = "zynq_ultra_ps_e") -> EmittedCore:
    config = parse(TEXTS[name], name=name)
    made = emit_core(config, system="axi")
    return hand_off(made, config, CLOCK, Part(name=PARTS[part]), activity=False)


def write(folder: Path, *names: str, part: str = "zynq_ultra_ps_e") -> list[Path]:
    """The folders of those cores, with spaces and braces in their names."""
    folders = [folder / f"a core {{{name}}}" for name in names]
    for name, place in zip(names, folders, strict=True):
        write_files(place, core(name, part).files)
    return folders


def run_design(folder: Path, first: str, *arguments: object, **stub: str) -> Run:
    script = folder / f"a core {{{first}}}" / f"pezo_{first}_axi_block_design.tcl"
    return run_script(script, folder, *arguments, **stub)


def created(run: Run) -> dict[str, str]:
    """The IP of each cell."""
    return {call.words[-1]: call.option("-vlnv") for call in run.all("create_bd_cell")}


def settings(run: Run, cell: str) -> dict[str, str]:
    words = [call.words for call in run.all("set_property") if call.words[-1] == cell]
    (found,) = [pairs[1].split() for pairs in words if pairs[0] == "-dict"]
    return dict(zip(found[::2], found[1::2], strict=True))


def test_only_what_has_processors_and_buses():
    """Kria and RFSoC are UltraScale+ too; the parts of a Kintex begin much like theirs."""
    known = ("xck26-sfvc784-2LV-c", "xczu48dr-ffvg1517-2-e", "xazu3eg-sfvc784-1-i")
    for name in known:
        text = block_design_text(axi_design(), CLOCK, Part(name=name))
        assert text is not None
        assert "zynq_ultra_ps_e" in text
    for name in ("xcku040-ffva1156-2-e", "xc7k325tffg900-2", "xcu250-figd2104-2L-e"):
        assert block_design_text(axi_design(), CLOCK, Part(name=name)) is None
    assert "pezo_core_block_design.tcl" not in quiet("core").files


def test_the_clock_is_what_the_processors_can_give():
    for asked, taken in ((700.0, "100"), (62.5, "62.5")):
        text = block_design_text(axi_design(), ClockParameters(mhz=asked), Part())
        assert text is not None
        assert f"\nset mhz {taken}\n" in text


@pytest.mark.tcl
@pytest.mark.parametrize("part", PARTS)
def test_one_generator(part: str, tmp_path: Path):
    write(tmp_path, "one", part=part)
    run = run_design(tmp_path, "one", tmp_path / "build")
    assert (run.status, run.err) == (0, "")
    cells = created(run)
    assert cells["ps"] == f"xilinx.com:ip:{part}"
    assert cells["generator_0"].startswith("pezo_hw:perturbation:pezo_one_axi:")
    assert settings(run, "ps")[FREQUENCY[part]] == "100"
    assert settings(run, "dma_0")["CONFIG.c_sg_length_width"] == "26"
    offsets = [
        int(c.option("-offset"), 16) for c in run.all("assign_bd_address") if "-offset" in c.words
    ]
    assert offsets == [FIRST[part], FIRST[part] + 0x10000, FIRST[part] + 0x20000]
    made = {path.name for path in (tmp_path / "build").iterdir()}
    assert made == {"project", *(f"pezo_one_axi.{kind}" for kind in ("bit", "hwh", "xsa"))}
    assert "worst setup slack: 0.123 ns" in run.out


@pytest.mark.tcl
def test_an_older_vivado_and_a_board(tmp_path: Path):
    write(tmp_path, "one")
    board = "xilinx.com:zcu102:part0:3.4"
    run = run_design(tmp_path, "one", tmp_path / "build", board, HANDED_TO="srcs")
    assert (run.status, run.err) == (0, "")
    assert ["board_part", board, "project current"] in [c.words for c in run.all("set_property")]
    assert "apply_board_preset 1" in run.one("apply_bd_automation").option("-config")
    assert (tmp_path / "build" / "pezo_one_axi.hwh").exists()


@pytest.mark.tcl
@pytest.mark.parametrize("part", PARTS)
def test_two_generators_and_one_of_them_again(part: str, tmp_path: Path):
    one, two = write(tmp_path, "one", "two", part=part)
    run = run_design(tmp_path, "one", tmp_path / "build", "none", two, one)
    assert (run.status, run.err) == (0, "")
    cells = created(run)
    tops = [cells[f"generator_{number}"].split(":")[2] for number in range(3)]
    assert tops == ["pezo_one_axi", "pezo_two_axi", "pezo_one_axi"]
    widths = [settings(run, f"dma_{n}")["CONFIG.c_m_axi_s2mm_data_width"] for n in range(3)]
    assert widths == ["64", "128", "64"]
    requests = [c.words for c in run.all("connect_bd_net") if c.words[1].startswith("requests/In")]
    shared = {"ps", "reset", "control", "memory", "interrupts", "requests"}
    each = {
        f"perturbations_{n}/{cell}_{n}" for n in range(3) for cell in ("generator", "slice", "dma")
    }
    assert set(run.one("CELLS").words) == shared | each
    assert requests == [
        [f"{source}_{number}/{pin}", f"requests/In{2 * number + offset}"]
        for number in range(3)
        for offset, (source, pin) in enumerate((("generator", "irq"), ("dma", "s2mm_introut")))
    ]


@pytest.mark.slow
@pytest.mark.tcl
def test_a_repository_of_five(tmp_path: Path):
    """Vivado's own packaging of the first, where there is one, is taken for it."""
    first, *others = write(tmp_path, *BITS)
    packaged = first / "pezo_one_axi_ip"
    shutil.copytree(first, packaged)
    run = run_design(tmp_path, "one", tmp_path / "build", "none", *others)
    assert (run.status, run.err) == (0, "")
    listed = {call.words[0].split(":")[2] for call in run.all("LISTED")}
    assert listed == {f"pezo_{name}_axi" for name in BITS}
    repositories = [c.words[1] for c in run.all("set_property") if c.words[0] == "ip_repo_paths"]
    assert str(packaged) in repositories[0]
    for number, name in enumerate(BITS):
        width = settings(run, f"dma_{number}")["CONFIG.c_m_axi_s2mm_data_width"]
        assert int(width) == BITS[name]


@pytest.mark.tcl
def test_what_goes_wrong_ends_it(tmp_path: Path):
    one, _ = write(tmp_path, "one", "odd")
    failed = run_design(tmp_path, "one", tmp_path / "build", PROGRESS="80%")
    assert (failed.status, failed.err.count("\n")) == (1, 1)
    assert "implementation ended with: place_design ERROR" in failed.err
    assert not (tmp_path / "build" / "pezo_one_axi.bit").exists()
    odd = run_design(tmp_path, "odd", tmp_path / "build")
    assert (odd.status, odd.err.count("\n")) == (1, 1)
    assert 'generate with tdata = "power-of-two"' in odd.err
    copy = tmp_path / "copy"
    shutil.copytree(one, copy)
    twice = run_design(tmp_path, "one", tmp_path / "build", "none", copy)
    assert (twice.status, twice.err.count("\n")) == (1, 1)
    assert f"is in {one} and in {copy}: give one of them" in twice.err
    many = run_design(tmp_path, "one", tmp_path / "build", "none", *[one] * 7)
    assert (many.status, many.err) == (1, "ERROR: pezo_one_axi: 8 generators; 7 at most\n")
    assert run_design(tmp_path, "one", tmp_path / "most", "none", *[one] * 6).status == 0


# On a Zynq-7000 alone.
WRONG_7000 = (
    ('"FIXED_IO, DDR"', '"FIXED_IO"', "no pins for the memory"),
    ("PCW_IRQ_F2P_INTR 1", "PCW_IRQ_F2P_INTR 0", "no pin 'ps/IRQ_F2P'"),
    ("HP0_DDR_LOWOCM", "HP0_DDR_LOW", "no segment ps/S_AXI_HP0/HP0_DDR_LOW"),
)
WRONG = (
    ("$generator/irq requests", "$generator/interrupt requests", "no pin 'generator_0/interrupt'"),
    ("CONFIG.c_sg_length_width 26", "CONFIG.c_sg_length_width 27", "a length of 27 bits"),
    ("CONFIG.c_include_mm2s 0", "CONFIG.c_include_mm2s 1", "dma_0/m_axi_mm2s_aclk is open"),
    ("max(32, $bits)", "32", "32 bits of memory for 64"),
    ("PSU__USE__S_AXI_GP2 1", "PSU__USE__S_AXI_HP0 1", "no property CONFIG.PSU__USE__S_AXI_HP0"),
    ("PSU__USE__M_AXI_GP1 0", "PSU__USE__M_AXI_GP1 1", "ps/maxihpm1_fpd_aclk is open"),
    ("/s_axi/registers", "/s_axi/reg0", "no segment generator_0/s_axi/reg0"),
    ("{2 * $number + 2}] 64K", "{2 * $number + 1}] 64K", "overlaps generator_0/s_axi/registers"),
    ("set base 0xA", "set base 0xC", "is out of reach"),
    ("    validate_bd_design\n", "", "not validated"),
    ("make_wrapper -top", "make_wrapper -tops", "unknown option '-tops'"),
    ("    open_run impl_1\n", "", "not before route_design"),
    ("-to_step write_bitstream", "-to_step route_design", "no such run"),
    (" slice_$number/aresetn", "", "slice_0/aresetn is open"),
    ("[get_bd_cells slice_$number]", "[get_bd_cells slices_$number]", "no cell slices_0"),
    ("group_bd_cells perturbations_$number", "group_bd_cells memory", "there is a cell memory"),
    ("bus slice_$number/M_AXIS", "bus slice_$number/S_AXIS", "slice_0/S_AXIS is connected"),
)


@pytest.mark.tcl
@pytest.mark.slow
def test_the_stubs_see_a_mistake(tmp_path: Path):
    for part, mistakes in zip(PARTS, (WRONG, WRONG_7000), strict=True):
        (folder,) = write(tmp_path, "one", part=part)
        script = folder / "pezo_one_axi_block_design.tcl"
        right = script.read_text()
        for before, after, says in mistakes:
            assert before in right
            script.write_text(right.replace(before, after))
            run = run_design(tmp_path, "one", tmp_path / "build")
            assert (run.status, says in run.err) == (1, True), (before, run.err)
