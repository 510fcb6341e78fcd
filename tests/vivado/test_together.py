"""All presets in all systems in one design, one library, one repository and one C file."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pezo_hw import load, preset_names
from pezo_hw.config import parse
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.systems.registry import SYSTEMS
from pezo_hw.tools.files import write_files
from pezo_hw.tools.verilator import find_verilator
from pezo_hw.vivado import ClockParameters, Part, hand_off
from tests.cases import BOTH
from tests.driver.c_driver import SOURCES, WARNINGS
from tests.vivado.test_packaging_fusesoc import FUSESOC

TIMED = "`timescale 1ns / 1ps\nmodule timed(input in, output out);\n  assign out = in;\nendmodule\n"
PRESETS = [name for name in preset_names() if name not in ("wide", "mezo")]
OPTIONS = ('load = "contents"\n', 'load = "phase"\n')
HEALTH = ('health = "reload"\n', 'health = "flag"\n')


@cache
def cores() -> tuple[EmittedCore, ...]:
    """Every preset in every system, with its hand-off but for the switching activity.

    All but `wide`, whose four take a minute and have no pin that `spread` does not have, and
    `mezo`, which has no systems on command.
    """
    made = []
    for name in PRESETS:
        for system in SYSTEMS:
            core = emit_core(load(name), system=system)
            made.append(hand_off(core, load(name), ClockParameters(), Part(), activity=False))
    return tuple(made)


def write(folder: Path) -> None:
    """All of it in one folder, but for the one file that is always called the same."""
    for core in cores():
        files = {file: text for file, text in core.files.items() if file != "component.xml"}
        assert not any((folder / file).exists() for file in files)
        write_files(folder, files)


def modules(verilog: str) -> list[str]:
    return re.findall(r"^module (\w+)", verilog, re.MULTILINE)


def lint(folder: Path, *files: str) -> tuple[int, str]:
    """Verilator's warnings; several tops are meant."""
    verilator = find_verilator()
    done = subprocess.run(
        [verilator.path, "--lint-only", "-Wall", "-Wno-MULTITOP", *files],
        cwd=folder,
        env=verilator.environment(),
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


@pytest.mark.slow
def test_one_lint(tmp_path: Path):
    """Beside a file with a timescale, before and after it, and one that allows no implicit net."""
    write(tmp_path)
    (tmp_path / "timed.v").write_text(TIMED)
    (tmp_path / "strict.v").write_text("`default_nettype none\n")
    sources = [core.verilog_file for core in cores()]
    assert len(sources) == 4 * len(PRESETS)
    assert lint(tmp_path, "timed.v", *sources) == (0, "")
    assert lint(tmp_path, "strict.v", *reversed(sources), "timed.v") == (0, "")


@pytest.mark.slow
def test_one_lint_sees_a_mistake(tmp_path: Path):
    """What is waived in one file is not in the next."""
    write(tmp_path)
    bad = "module wide(input in, output [1:0] out);\n  wire spare = in;\n  assign out = in;\n"
    (tmp_path / "bad.v").write_text(f"{TIMED}{bad}endmodule\n")
    status, said = lint(tmp_path, cores()[0].verilog_file, "bad.v")
    assert status == 1
    assert {"WIDTHEXPAND", "UNUSEDSIGNAL", "DECLFILENAME"} <= set(
        re.findall(r"Warning-(\w+)", said)
    )


@pytest.mark.slow
def test_one_lint_of_all_options(tmp_path: Path):
    """Small cores of every kind, with everything that a system can have."""
    sources = ["timed.v"]
    for name in ("leap", "midrise", "fixed-point", "two-counters"):
        for number in range(2):
            options = OPTIONS[number] + ("" if name == "two-counters" else HEALTH[number])
            config = parse(f"{BOTH[name]}\n[system]\n{options}", name=f"{name}-{number}")
            for system in ("replay", "axi"):
                core = emit_core(config, system=system)
                write_files(tmp_path, core.files)
                sources.append(core.verilog_file)
        core = emit_core(parse(BOTH[name], name=name), inline_memories=True)
        write_files(tmp_path, core.files)
        sources.append(core.verilog_file)
    (tmp_path / "timed.v").write_text(TIMED)
    assert lint(tmp_path, *sources) == (0, "")
    assert lint(tmp_path, *reversed(sources)) == (0, "")


@pytest.mark.slow
@pytest.mark.icarus
def test_one_simulation(tmp_path: Path):
    """Every testbench compares its golden beats; the last that is done ends it."""
    write(tmp_path)
    benches = [f"{core.top}_tb" for core in cores()]
    for bench in benches:
        text = (tmp_path / f"{bench}.sv").read_text()
        assert text.count("$finish;") == 1
        waiting = text.replace("$finish;", "together.done = together.done + 1; wait (0);")
        (tmp_path / f"{bench}.sv").write_text(waiting)
    (tmp_path / "together.sv").write_text(
        "module together;\n  integer done = 0;\n"
        f"  always @(done) if (done == {len(benches)}) begin\n"
        '    $display("ALL DONE");\n    $finish;\n  end\nendmodule\n'
    )
    sources = sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".v", ".sv"))
    tops = [option for bench in (*benches, "together") for option in ("-s", bench)]
    built = ["iverilog", "-g2012", "-o", "sim", *tops, *sources]
    subprocess.run(built, cwd=tmp_path, check=True, capture_output=True)
    run = subprocess.run(["vvp", "-n", "sim"], cwd=tmp_path, capture_output=True, text=True)
    passed = re.findall(r"^PASS: \d+ beats of (\w+)$", run.stdout, re.MULTILINE)
    assert run.returncode == 0, run.stdout
    assert sorted(passed) == sorted(core.top for core in cores())
    assert "ALL DONE" in run.stdout


@pytest.mark.slow
def test_one_module_of_each_name():
    every = [module for core in cores() for module in modules(core.files[core.verilog_file])]
    every += [f"{core.top}_tb" for core in cores()]
    assert len(every) > 80
    assert len(every) == len({module.lower() for module in every})


@pytest.mark.slow
def test_one_ip_repository():
    """Vendor, library, name and version are what tells two IPs apart."""
    names = set()
    for core in cores():
        component = ElementTree.fromstring(core.files["component.xml"])
        names.add(tuple(component[place].text for place in range(4)))
        assert "set_property name $top $core" in core.files[f"{core.top}_package_ip.tcl"]
        assert f"set top {core.top}\n" in core.files[f"{core.top}_package_ip.tcl"]
    assert len(names) == len(cores())


@pytest.mark.slow
def test_one_fusesoc_library(tmp_path: Path):
    for core in cores():
        write_files(tmp_path / "library" / core.top, core.files)
    command = [*FUSESOC, "--cores-root", "library", "core", "list"]
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    listed = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert listed.returncode == 0, listed.stderr
    found = re.findall(r"^pezo_hw:perturbation:(\w+):", listed.stdout, re.MULTILINE)
    assert sorted(found) == sorted(core.top for core in cores())


@pytest.mark.slow
def test_one_c_file(tmp_path: Path):
    """Upper and lower case too: no header hides another."""
    headers = {}
    for core in cores():
        headers |= {file: text for file, text in core.files.items() if file.endswith(".h")}
    for name in ("noise", "Noise", "NOISE"):
        files = emit_core(load("paper-roberta"), system="axi", name=name).files
        headers[f"{name}_config.h"] = files[f"{name}_config.h"]
    write_files(tmp_path, headers)
    includes = "".join(f'#include "{header}"\n' for header in (*headers, *reversed(headers)))
    used = "NOISE_LANES + Noise_lanes + NOISE_lanes + PEZO_PAPER_OPT_AXI_LANES"
    program = f"{includes}int main(void) {{ return {used} == 4 * 31 ? 0 : 1; }}\n"
    (tmp_path / "main.c").write_text(program)
    command = ["cc", "-std=c99", *WARNINGS, f"-I{SOURCES}", "main.c", "-o", "main"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert len(headers) == len(PRESETS) + 3
    assert subprocess.run([tmp_path / "main"]).returncode == 0
