"""The packager's script, under stubs that refuse what Vivado would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pezo_hw.emit import EmittedCore
from pezo_hw.tools.files import write_files
from pezo_hw.vivado.interfaces import bus_interfaces
from pezo_hw.vivado.packaging import packaging_text
from tests.vivado.cases import PART, PLAIN, axi_design, axi_verilog, quiet
from tests.vivado.declared import Interface, from_script
from tests.vivado.tcl import Run, run_script

pytestmark = pytest.mark.tcl


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a folder {of} mine"


def run_core(core: EmittedCore, folder: Path, tmp_path: Path, **options: str) -> Run:
    write_files(folder, core.files)
    script = folder / f"{core.top}_package_ip.tcl"
    return run_script(script, tmp_path, tmp_path / "the ip", **options)


@pytest.mark.parametrize("name", PLAIN)
def test_a_core_of_plain_pins(name: str, folder: Path, tmp_path: Path):
    core = quiet(name)
    run = run_core(core, folder, tmp_path)
    assert (run.status, run.err) == (0, "")
    package = run.one("ipx::package_project")
    assert package.option("-root_dir") == str(tmp_path / "the ip")
    assert "-import_files" in package.words
    added = [call.words[-1] for call in run.all("add_files")]
    assert [re.sub(r".*/|\}$", "", path) for path in added] == [
        file for file in core.files if file.endswith((".v", ".mem"))
    ]
    assert set(from_script(run)) == {"clk", "rst"}
    assert run.calls[-2].command == "ipx::save_core"


def test_what_is_guessed_goes(folder: Path, tmp_path: Path):
    run = run_core(quiet("core"), folder, tmp_path)
    assert run.one("ipx::remove_memory_map").words[0] == "guessed"
    commands = [call.command for call in run.calls]
    assert commands.index("ipx::remove_all_bus_interface") < commands.index(
        "ipx::add_bus_interface"
    )


def axi_run(folder: Path, tmp_path: Path) -> Run:
    design = axi_design()
    files = {
        design.verilog: axi_verilog(),
        design.memories[0]: "0\n",
        "run.tcl": packaging_text(design, bus_interfaces(design), PART),
    }
    write_files(folder, files)
    return run_script(folder / "run.tcl", tmp_path)


def test_axi(folder: Path, tmp_path: Path):
    run = axi_run(folder, tmp_path)
    assert (run.status, run.err) == (0, "")
    declared = from_script(run)
    assert set(declared) == {"s_axi", "m_axis", "aclk", "aresetn", "irq"}
    assert declared["irq"] == Interface(
        bus="xilinx.com:signal:interrupt:1.0",
        abstraction="xilinx.com:signal:interrupt_rtl:1.0",
        mode="master",
        ports={"INTERRUPT": "irq"},
        parameters={"SENSITIVITY": "LEVEL_HIGH"},
    )
    assert declared["s_axi"].memory_map == "s_axi"
    block = {
        call.words[0]: call.words[1]
        for call in run.all("set_property")
        if call.words[2].startswith("block ")
    }
    assert {call.words[1] for call in run.all("set_property") if "block_par" in call.words[2]} == {
        "C_S_AXI_BASEADDR",
        "C_S_AXI_HIGHADDR",
    }
    assert block == {"base_address": "0", "range": "4096", "width": "32", "usage": "register"}


@pytest.mark.parametrize("lost", ["pezo_core_scale_table.mem"])
def test_a_memory_that_the_packager_forgets_ends_it(folder: Path, tmp_path: Path, lost: str):
    run = run_core(quiet("core"), folder, tmp_path, left_out=lost)
    assert run.status == 1
    assert f"left {lost} out of the files for synthesis" in run.err


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("-import_files", "-import_file"), "unknown option '-import_file'"),
        (("-taxonomy", "-toxonomy"), "unknown option '-toxonomy'"),
        (("CLK clk", "CLK clock"), "no port clock"),
        (("physical_name", "physical_port"), "no property physical_port"),
        (("$parameter $interface]", "$parameter $core]"), "is no bus"),
        (("[list [file join $here $verilog]]", "[file join $here $verilog]"), "does not exist"),
        (("ipx::save_core $core", "ipx::save_the_core $core"), "invalid command name"),
    ],
)
def test_the_stubs_see_a_mistake(folder: Path, tmp_path: Path, wrong: tuple[str, str], says: str):
    core = quiet("core")
    script = f"{core.top}_package_ip.tcl"
    before, after = wrong
    text = re.sub(r"\bCLK +clk\b", "CLK clk", core.files[script])
    assert before in text
    broken = {**core.files, script: text.replace(before, after)}
    run = run_core(EmittedCore(top=core.top, files=broken), folder, tmp_path)
    assert run.status == 1
    assert says in run.err
