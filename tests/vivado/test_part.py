"""Names of parts."""

from __future__ import annotations

import re

import pytest
import yaml

from pezo_hw import ConfigError
from pezo_hw.tools.files import write_files
from pezo_hw.vivado import Part, hand_off
from tests.vivado.cases import CLOCK, config, plain
from tests.vivado.tcl import run_script

# As Vivado prints them, a part of each kind of name.
KNOWN = (
    *("xc7z020clg400-1", "xc7a35tcpg236-1", "xc7k325tffg900-2", "xc7a100tlcsg324-2L"),
    *("xazu3eg-sfvc784-1-i", "xczu9eg-ffvb1156-2-e", "xcku040-ffva1156-2-e"),
    *("xcvu9p-flga2104-2L-e", "xcvc1902-vsva2197-2MP-e-S", "xczu48dr-ffvg1517-2-e"),
    *("xcau25p-ffvb676-1-e", "xqku095-rfa1156-2-i", "xcu250-figd2104-2L-e"),
)
NONE = ("", "zcu102", "xczu9eg", "xczu9eg-", "xc7z020 clg400-1", "xc$x-1", "xc{a}-1", "xc7z020-1;")


def test_what_is_a_part_and_what_is_not():
    for name in KNOWN:
        assert Part(name=name).name == name
    for name in NONE:
        with pytest.raises(ConfigError, match=re.escape(f'--part = "{name}" is not allowed')):
            Part(name=name)


def test_the_papers_board_by_default():
    assert Part().name == "xczu9eg-ffvb1156-2-e"


@pytest.mark.tcl
def test_every_script_asks_for_it(tmp_path):
    part = Part(name="xc7z020clg400-1")
    core = hand_off(plain("core"), config("core"), CLOCK, part, activity=False)
    write_files(tmp_path, core.files)
    for script, command in (("out_of_context", "synth_design"), ("package_ip", "create_project")):
        run = run_script(tmp_path / f"pezo_core_{script}.tcl", tmp_path)
        assert (run.status, run.err) == (0, "")
        assert run.one(command).option("-part") == part.name
    described = yaml.safe_load(core.files["pezo_core.core"].removeprefix("CAPI=2:"))
    assert described["targets"]["synth"]["flow_options"]["part"] == part.name
    assert "xczu9eg" not in "".join(core.files.values())
