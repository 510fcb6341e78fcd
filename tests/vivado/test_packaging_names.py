"""What the IP is called."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from lxml import etree

from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.vivado import ClockParameters, Part, hand_off
from pezo_hw.vivado.packaging import ip_version, title
from tests.vivado.cases import TEXTS, axi_design
from tests.vivado.tcl import run_script


def test_a_version_of_two_numbers():
    assert ip_version(axi_design()) == "1.2"


def test_a_title():
    assert title(axi_design()) == "PeZO perturbation axi, on-the-fly (hand)"


@pytest.mark.tcl
def test_a_config_of_any_name(tmp_path: Path):
    """A config file may be named as it likes, and the files must all be read nevertheless."""
    odd = parse(TEXTS["core"], name='a "b" {c $d [e] <f> &: \\')
    core = hand_off(emit_core(odd), odd, ClockParameters(), Part(), activity=False)
    write_files(tmp_path, core.files)
    for script in ("out_of_context", "package_ip"):
        assert run_script(tmp_path / f"{core.top}_{script}.tcl", tmp_path).status == 0
    described = yaml.safe_load(core.files[f"{core.top}.core"].removeprefix("CAPI=2:"))
    assert described["description"].startswith("PeZO perturbation core, on-the-fly (a__b___")
    component = etree.fromstring(core.files["component.xml"].encode())
    assert component.findtext("{*}description") == described["description"]
