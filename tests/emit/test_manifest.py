"""The manifest says what the files are, and the files are what it says."""

import hashlib
import json
import re

import pytest

from pezo_hw import load
from pezo_hw.emit import emit_core
from pezo_hw.systems.registry import SYSTEMS
from tests.cases import BOTH, mostly_slow
from tests.emission import emitted

# A bank that does not rotate has no replay.
STILL = (("still", "replay"), ("still", "axi"))
EVERYWHERE = [(name, system) for name in BOTH for system in SYSTEMS if (name, system) not in STILL]
QUICK = [("leap", system) for system in SYSTEMS] + [("two-counters", "core"), ("wide", "axi")]


@pytest.fixture(params=["paper-roberta", "paper-opt", "paper-pool", "row-pool"])
def preset(request):
    return load(request.param)


def test_checksums(preset):
    core = emit_core(preset)
    manifest = json.loads(core.files.pop(f"{core.top}.json"))
    assert manifest["files"] == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in core.files.items()
    }


@pytest.mark.xdist_group("emitted")
@pytest.mark.parametrize("case", mostly_slow(EVERYWHERE, *QUICK), ids="-".join)
def test_ports_are_those_of_the_verilog(case: tuple[str, str]):
    name, system = case
    core = emitted(BOTH[name], name=name, system=system)
    manifest = json.loads(core.files[f"{core.top}.json"])
    top = core.files[core.verilog_file].split("endmodule")[0]
    declared = {
        (port, direction, int(high or 0) + 1)
        for direction, high, port in re.findall(
            r"^  (input|output) (?:\[(\d+):0\] )?(\w+);", top, re.MULTILINE
        )
    }
    assert declared == {(p["name"], p["direction"], p["width"]) for p in manifest["ports"]}
    assert all(port["meaning"] for port in manifest["ports"])


def test_what_a_consumer_needs():
    manifest = json.loads(emit_core(load("paper-opt")).files["pezo_paper_opt.json"])
    assert manifest["latency"] == 2
    assert manifest["joint_orbit"] == 507_873
    assert manifest["fixed_point"] == {"format": "twos-complement", "bits": 14, "frac": 13}
    assert manifest["scaling"]["base"] == 0
    assert manifest["config"]["on-the-fly"]["architecture"] == "ring"
    assert set(manifest["generator"]) == {"pezo_hw", "amaranth", "yosys"}
    assert manifest["config"]["on-the-fly"]["taps"] == [14, 5, 3, 1]


def test_the_manifest_of_copies():
    manifest = json.loads(emit_core(load("paper-pool")).files["pezo_paper_pool.json"])
    pool = manifest["pool"]
    assert (pool["copies"], pool["ports"]) == (4, 2)
    assert pool["address_taps"] == [12, 11, 8, 6]
    assert pool["address_steps_a_number"] * pool["copies"] % 4095 == 1


def test_the_manifest_of_rows():
    manifest = json.loads(emit_core(load("row-pool")).files["pezo_row_pool.json"])
    assert manifest["latency"] == 1
    assert manifest["pool"]["rows"] == 91
    assert manifest["pool"]["address_moduli"] == [7, 13]
    assert "code" not in [port["name"] for port in manifest["ports"]]


def test_a_streams_payload_is_laid_out():
    core = emit_core(load("paper-opt"), system="stream")
    manifest = json.loads(core.files["pezo_paper_opt_stream.json"])
    fields = manifest["payload"]
    assert (fields["mantissa"]["low"], fields["mantissa"]["width"]) == (0, 434)
    assert (fields["code"]["low"], fields["code"]["width"]) == (434, 2)
    assert manifest["system"] == "stream"


def test_a_pools_payload_has_no_code():
    core = emit_core(load("row-pool"), system="stream")
    manifest = json.loads(core.files["pezo_row_pool_stream.json"])
    assert list(manifest["payload"]) == ["mantissa"]
    assert manifest["payload"]["mantissa"]["width"] == 540


def test_commands_and_the_cycles_that_they_take():
    core = emit_core(load("paper-opt"), system="replay")
    manifest = json.loads(core.files["pezo_paper_opt_replay.json"])
    assert manifest["lead"] == 32
    assert (manifest["payload"]["last"]["low"], manifest["payload"]["last"]["width"]) == (436, 1)
    places = {name: (field["low"], field["width"]) for name, field in manifest["command"].items()}
    assert places == {"length": (0, 26), "replay": (26, 1)}


def test_a_command_of_a_pool_says_what_it_leaves_over():
    core = emit_core(load("paper-pool"), system="replay")
    manifest = json.loads(core.files["pezo_paper_pool_replay.json"])
    unused = manifest["command"]["unused"]
    assert (unused["low"], unused["width"]) == (27, 3)
