"""The emitted Verilog: plain, portable, and the same bytes every time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from amaranth import hdl
from amaranth.back import rtlil
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw import load
from pezo_hw.config import parse
from pezo_hw.emit import emit_core, emit_verilog, verilog_of_rtlil
from pezo_hw.tools.files import write_files
from pezo_hw.tools.verilator import find_verilator
from tests.cases import BOTH
from tests.emission import emitted
from tests.making import pointed

EMITTED = BOTH | {f"{name}-pointer": pointed(BOTH[name]) for name in ("leap", "still", "midrise")}


# Several tests look at each core: one worker emits it, and once.
pytestmark = pytest.mark.xdist_group("emitted")


@pytest.fixture(params=EMITTED)
def core(request):
    return emitted(EMITTED[request.param], name=request.param)


def test_nothing_waits_for_a_change_that_never_comes(core):
    """``always @*`` does not fire at time 0, so a constant input would leave its outputs at X."""
    text = core.files[core.verilog_file]
    assert set(re.findall(r"always\s*@\s*\(?[^\s)]+", text)) <= {"always @(posedge"}
    assert "always_" not in text


def test_names_are_plain_and_belong_to_the_top(core):
    text = core.files[core.verilog_file]
    assert "\\" not in text
    modules = re.findall(r"^module (\w+)", text, re.MULTILINE)
    assert modules[0] == core.top
    assert all(module.startswith(core.top) for module in modules)


def test_no_trace_of_the_machine(core):
    for text in core.files.values():
        assert "/tmp" not in text
        assert str(Path.cwd()) not in text
        assert "pezo_hw/rtl" not in text
        assert not re.search(r"\(\* (src|generator)", text)


def test_lines_are_short_but_for_single_words(core):
    for line in core.files[core.verilog_file].splitlines():
        assert len(line) <= 100 or max(map(len, line.split())) > 80


def test_memories_are_read_by_bare_names(core):
    read = set(re.findall(r'\$readmem\w+\("([^"]*)"', core.files[core.verilog_file]))
    assert read == {name for name in core.files if name.endswith(".mem")}


def test_inline_memories_need_no_file():
    config = load("paper-roberta")
    core = emit_core(config, inline_memories=True)
    assert "$readmem" not in core.files[core.verilog_file]
    assert list(core.files) == ["pezo_paper_roberta.v", "pezo_paper_roberta.json"]
    words = re.findall(r"scale_table\[\d+\] = 2'h(\d)", core.files[core.verilog_file])
    separate = emit_core(config).files["pezo_paper_roberta_scale_table.mem"].split()
    assert [int(word, 16) for word in words] == [int(word, 16) for word in separate]


def test_the_pools_file_holds_its_words():
    parameters = load("row-pool").parameters
    words = emit_core(load("row-pool")).files["pezo_row_pool_pool.mem"].split()
    sequence, numbers = parameters.address_sequence, parameters.quantised.mantissas
    for row in range(91):
        word = int(words[sequence.address_of(row)], 16)
        lanes = [word >> 12 * lane & 0xFFF for lane in range(45)]
        assert lanes == [int(q) & 0xFFF for q in numbers[row * 45 : row * 45 + 45]]
    assert all(len(word) == 540 // 4 for word in words)


def test_two_cores_share_a_design():
    first = emit_core(load("paper-roberta"), name="left").files["left.v"]
    second = emit_core(load("paper-opt"), name="right").files["right.v"]
    modules = re.findall(r"^module (\w+)", first + second, re.MULTILINE)
    assert len(modules) == len(set(modules))


def test_the_same_bytes_the_second_time():
    """Within one process as well, whatever was emitted before."""
    config = load("row-pool")
    first = emit_core(config).files
    emit_core(load("paper-roberta"))
    assert emit_core(config).files == first


EMIT_ALL = """
import hashlib, pezo_hw
from pezo_hw.emit import emit_core
for name in pezo_hw.preset_names():
    for file, text in emit_core(pezo_hw.load(name)).files.items():
        print(file, hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_byte_identical_whatever_the_hash_seed_and_folder(root: Path, tmp_path: Path):
    """What is checked in was made by another process, of another seed, in another folder."""
    checked_in = [
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in (root / "rtl_out").glob("*/*")
    ]
    printed = subprocess.run(
        [sys.executable, "-c", EMIT_ALL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "4242"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert sorted(printed.splitlines()) == sorted(checked_in)
    assert len(checked_in) == 22


def test_yosys_is_silent(capfd):
    emit_core(load("paper-roberta"))
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_verilator_finds_nothing_to_warn_of(core, tmp_path: Path):
    write_files(tmp_path, core.files)
    verilator = find_verilator()
    checked = subprocess.run(
        [verilator.path, "--lint-only", "-Wall", core.verilog_file],
        cwd=tmp_path,
        env=verilator.environment(),
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.icarus
def test_icarus_accepts_it_as_verilog_2001(core, tmp_path: Path):
    write_files(tmp_path, core.files)
    checked = subprocess.run(
        ["iverilog", "-g2001", "-Wall", "-o", os.devnull, "-s", core.top, core.verilog_file],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    complaints = [line for line in checked.stderr.splitlines() if "timescale" not in line]
    assert "Standard inconsistency" not in checked.stderr
    assert (checked.returncode, complaints) == (0, [])


def test_a_component_of_ones_own_can_be_emitted():
    from pezo_hw.rtl.fill_counter import FillCounter

    emitted = emit_verilog(FillCounter(3), name="fill", comment="line one\nline two")
    assert emitted.verilog.startswith("// line one\n// line two\n\n")
    assert re.findall(r"^module (\w+)\(", emitted.verilog, re.MULTILINE) == ["fill"]
    assert emitted.memories == {}


def test_a_register_with_a_sign_is_as_any_other():
    """Its first value stands in an initial statement as well: Verilator warns otherwise."""

    class Signed(wiring.Component):
        def __init__(self):
            super().__init__({"given": In(hdl.signed(9)), "kept": Out(hdl.signed(9))})

        def elaborate(self, platform):
            m = hdl.Module()
            held = hdl.Signal(hdl.signed(9), name="held")
            m.d.sync += held.eq(self.given + 1)
            m.d.comb += self.kept.eq(held)
            return m

    verilog = emit_verilog(Signed(), name="with_a_sign").verilog
    assert re.search(r"^  reg signed \[8:0\] (held|kept);$", verilog, re.MULTILINE)
    assert re.search(r"^  initial (held|kept) = ", verilog, re.MULTILINE)


def test_rtlil_from_elsewhere_goes_the_same_way():
    component = parse(BOTH["two-counters"], name="case").create()
    text = rtlil.convert(component, name="noise", emit_src=False)
    emitted = emit_verilog(component, name="noise", inline_memories=True)
    assert emitted.verilog.strip() == verilog_of_rtlil(text).strip()
