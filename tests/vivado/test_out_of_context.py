"""The out-of-context run, under stubs that refuse what Vivado would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.vivado import hand_off
from pezo_hw.vivado.design import Design
from pezo_hw.vivado.out_of_context import constraints_text, out_of_context_text
from tests.vivado.cases import CLOCK, PART, SYSTEMS, axi_design, axi_verilog, config, quiet, whole
from tests.vivado.tcl import Run, run_script

pytestmark = [pytest.mark.slow, pytest.mark.tcl]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As users have them."""
    return tmp_path / "a folder {of} mine"


def run_core(core: EmittedCore, folder: Path, tmp_path: Path, *arguments: object) -> Run:
    write_files(folder, core.files)
    return run_script(folder / f"{core.top}_out_of_context.tcl", tmp_path, *arguments)


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_whole_run(name: str, folder: Path, tmp_path: Path):
    core = whole(name)
    reports = tmp_path / "re ports"
    run = run_core(core, folder, tmp_path, reports)
    assert (run.status, run.err) == (0, "")
    synthesis = run.one("synth_design")
    assert synthesis.option("-part") == "xczu9eg-ffvb1156-2-e"
    assert synthesis.option("-top") == core.top
    assert synthesis.option("-mode") == "out_of_context"
    assert ["HD.CLK_SRC", "BUFGCE_X0Y0"] in [call.words[:2] for call in run.all("set_property")]
    clock = run.one("create_clock")
    assert (clock.option("-period"), clock.words[-1]) == ("2.000", Design.of(core).clock)
    assert run.one("read_saif").option("-strip_path") == f"TOP/{core.top}"
    assert {path.name for path in reports.iterdir()} == {
        f"{core.top}.dcp",
        "power.rpt",
        "timing_summary.rpt",
        "unmatched_nets.txt",
        "utilization.rpt",
        "utilization_hierarchical.rpt",
    }
    assert not run.all("CRITICAL_WARNING")


def test_the_steps_and_their_order(folder: Path, tmp_path: Path):
    run = run_core(whole("core"), folder, tmp_path)
    steps = [call.command for call in run.calls]
    expected = ["read_verilog", "read_mem", "read_xdc", "synth_design", "opt_design"]
    expected += ["place_design", "phys_opt_design", "route_design", "write_checkpoint"]
    expected += ["report_utilization", "report_timing_summary", "read_saif", "report_power"]
    assert [step for step in dict.fromkeys(steps) if step in expected] == expected


def test_reports_lie_beside_the_script_by_default(folder: Path, tmp_path: Path):
    run_core(whole("core"), folder, tmp_path)
    assert (folder / "pezo_core_out_of_context" / "power.rpt").exists()


def test_without_activity_it_says_so(folder: Path, tmp_path: Path):
    run = run_core(quiet("core"), folder, tmp_path)
    assert run.status == 0
    assert "WITHOUT a simulation's switching activity" in run.out
    assert not run.all("read_saif")
    assert run.all("report_power")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("-hierarchical -file", "-hierarchicl -file"), "unknown option '-hierarchicl'"),
        (("report_power -file", "report_power -out"), "unknown option '-out'"),
        (("-strip_path $instance", "-strip_path TOP"), ""),
        (("-strip_path $instance", "-strip_path top/core"), "no instance top/core"),
        (("-part $part", "-part xczu9eg"), "unknown part"),
        (("    place_design\n", ""), "not before place_design"),
        (("    route_design\n", ""), "not before route_design"),
        (("route_design\n", "route_design now\n"), "1 arguments"),
        (("read_mem [list", "set unread [list"), "could not open $readmem data file"),
        (("[list [file join $here $verilog]]", "[file join $here $verilog]"), "does not exist"),
        (("set_property HD.CLK_SRC", "set_property HD.CLK_SOURCE"), "no property HD.CLK_SOURCE"),
        (("set top pezo_core", "set top pezo"), "no module pezo"),
    ],
)
def test_the_stubs_see_a_mistake(folder: Path, tmp_path: Path, wrong: tuple[str, str], says: str):
    core = whole("core")
    script = f"{core.top}_out_of_context.tcl"
    before, after = wrong
    assert before in core.files[script]
    broken = {**core.files, script: core.files[script].replace(before, after)}
    run = run_core(EmittedCore(top=core.top, files=broken), folder, tmp_path)
    assert run.status == (1 if says else 0)
    assert says in run.err


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("-period", "-perid"), "unknown option '-perid'"),
        (("[get_ports clk]", "[get_ports clock]"), "No ports matched 'clock'"),
        (("{rst en}", "{rst valid}"), "valid goes the other way"),
        (("mantissa[*]", "mantissas[*]"), "No ports matched"),
        (("-clock clk", "-clock klc"), "unknown clock"),
    ],
)
def test_the_stubs_see_a_mistake_in_the_constraints(
    folder: Path, tmp_path: Path, wrong: tuple[str, str], says: str
):
    core = quiet("core")
    file = f"{core.top}.xdc"
    before, after = wrong
    assert before in core.files[file]
    broken = {**core.files, file: core.files[file].replace(before, after)}
    run = run_core(EmittedCore(top=core.top, files=broken), folder, tmp_path)
    assert run.status == 1
    assert says in run.err


@pytest.mark.parametrize("lost", ["pezo_core.v", "pezo_core_scale_table.mem"])
def test_a_lost_file_ends_it(folder: Path, tmp_path: Path, lost: str):
    files = {name: text for name, text in quiet("core").files.items() if name != lost}
    run = run_core(EmittedCore(top="pezo_core", files=files), folder, tmp_path)
    assert run.status == 1
    assert "does not exist" in run.err


def test_a_core_without_memory_files(folder: Path, tmp_path: Path):
    inline = emit_core(config("core"), inline_memories=True)
    core = hand_off(inline, config("core"), CLOCK, PART, activity=False)
    run = run_core(core, folder, tmp_path)
    assert (run.status, run.err) == (0, "")
    assert not run.all("read_mem")


def test_axi(folder: Path, tmp_path: Path):
    design = axi_design()
    files = {
        design.verilog: axi_verilog(),
        design.memories[0]: "0\n",
        "pins.xdc": constraints_text(design, CLOCK),
        "run.tcl": out_of_context_text(design, PART, "pins.xdc", "", ""),
    }
    write_files(folder, files)
    run = run_script(folder / "run.tcl", tmp_path)
    assert (run.status, run.err) == (0, "")
    assert run.one("create_clock").words[-1] == "aclk"
