"""All the files together."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vivado.cases import SYSTEMS, TEXTS, plain, quiet, whole


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_core_itself_is_as_without(name: str):
    before, after = plain(name).files, whole(name).files
    manifest = f"{plain(name).top}.json"
    assert {file: after[file] for file in before if file != manifest} == {
        file: text for file, text in before.items() if file != manifest
    }


@pytest.mark.slow
def test_what_there_is():
    files = list(whole("core").files)
    assert files == [
        "pezo_core.v",
        "pezo_core_scale_table.mem",
        "pezo_core.xdc",
        "pezo_core_out_of_context.tcl",
        "pezo_core_package_ip.tcl",
        "pezo_core_xgui.tcl",
        "component.xml",
        "pezo_core.core",
        "pezo_core_tb.sv",
        "pezo_core_tb.hex",
        "pezo_core.saif",
        "pezo_core.json",
    ]
    assert set(files) - set(quiet("core").files) == {"pezo_core.saif"}


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_the_manifest_lists_them_all(name: str):
    files = dict(whole(name).files)
    manifest = json.loads(files.pop(f"{whole(name).top}.json"))
    assert manifest["files"] == {
        file: hashlib.sha256(text.encode()).hexdigest() for file, text in files.items()
    }
    assert manifest["vivado"] == {
        "part": "xczu9eg-ffvb1156-2-e",
        "clock_mhz": 500,
        "period_ns": "2.000",
    }
    without = json.loads(plain(name).files[f"{plain(name).top}.json"])
    assert {key: manifest[key] for key in without if key != "files"} == {
        key: value for key, value in without.items() if key != "files"
    }


PRINT = """
import hashlib, sys
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.vivado import ClockParameters, Part, hand_off
config = parse(sys.argv[1], name="core")
core = hand_off(emit_core(config), config, ClockParameters(mhz=500), Part(), activity=False)
for file, text in core.files.items():
    print(file, hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.mark.slow
def test_byte_identical_whatever_the_hash_seed_and_folder(tmp_path: Path):
    printed = set()
    for seed, folder in (("0", Path.cwd()), ("4242", tmp_path)):
        done = subprocess.run(
            [sys.executable, "-c", PRINT, TEXTS["core"]],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        )
        printed.add(done.stdout)
    assert printed == {
        "".join(
            f"{file} {hashlib.sha256(text.encode()).hexdigest()}\n"
            for file, text in quiet("core").files.items()
        )
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", SYSTEMS)
def test_no_trace_of_the_machine(name: str):
    for text in whole(name).files.values():
        assert "/tmp" not in text
        assert str(Path.cwd()) not in text
        assert "@{" not in text
