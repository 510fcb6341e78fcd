"""``pezo synth``."""

import json
from pathlib import Path

import pytest

from pezo_hw.synth import placement
from pezo_hw.tools import yosys

TOML = """
[perturbation]
strategy = "on-the-fly"
[on-the-fly]
rngs = 4
width = 5
"""


# The small core is mapped once, whichever test asks first.
pytestmark = pytest.mark.xdist_group("synth")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def config(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEZO_CACHE_DIR", str(cache))
    path = tmp_path / "small.toml"
    path.write_text(TOML)
    return path


@pytest.mark.slow
def test_counts_as_json(pezo, config: Path):
    status, out, err = pezo("synth", config, "--json")
    used = json.loads(out)
    assert (status, err) == (0, "")
    assert (used["name"], used["target"], used["levels"]) == ("small", "xcup", 1)
    # Four registers and the tracker of five bits; fill, code and its table add a few.
    assert 25 <= used["ff"] <= 25 + 6
    assert used["share"]["ff"] == used["ff"] / 548_160
    assert "timing" not in used


@pytest.mark.slow
def test_a_stream_takes_one_gate_more(pezo, config: Path):
    core = json.loads(pezo("synth", config, "--json")[1])
    stream = json.loads(pezo("synth", config, "--json", "--system", "stream")[1])
    assert (core["system"], stream["system"]) == ("core", "stream")
    assert (stream["lut"], stream["ff"]) == (core["lut"] + 1, core["ff"])
    assert stream["longest_path"]["end"].endswith("CE")


@pytest.mark.slow
def test_a_second_run_does_not_map_again(pezo, config: Path, monkeypatch: pytest.MonkeyPatch):
    first = pezo("synth", config, "--json")
    monkeypatch.setattr("pezo_hw.synth.mapping._run", None)
    assert pezo("synth", config, "--json") == first


@pytest.mark.slow
def test_the_netlist_is_written(pezo, config: Path, tmp_path: Path):
    status, _, _ = pezo("synth", config, "--netlist", tmp_path / "new" / "mapped.v")
    text = (tmp_path / "new" / "mapped.v").read_text()
    assert status == 0
    assert "module pezo_small(" in text
    assert "FDSE" in text


@pytest.mark.slow
def test_frequencies_where_the_family_has_a_placer(pezo, config: Path):
    status, out, _ = pezo("synth", config, "--target", "ecp5", "--json", "--no-cache")
    timing = json.loads(out)["timing"]
    assert status == 0
    assert len(timing["mhz"]) == 3
    assert timing["lowest"] <= timing["median"] <= timing["highest"]


@pytest.mark.slow
def test_no_route_needs_no_placer(pezo, config: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    monkeypatch.setattr("pezo_hw.synth.placement.find_spec", lambda package: None)
    status, out, _ = pezo("synth", config, "--target", "ecp5", "--no-route")
    assert status == 0
    assert "MHz" not in out


@pytest.mark.slow
def test_a_missing_placer_is_one_line(pezo, config: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    monkeypatch.setattr("pezo_hw.synth.placement.find_spec", lambda package: None)
    placement.find_nextpnr.cache_clear()
    status, out, err = pezo("synth", config, "--target", "nexus")
    assert (status, out) == (2, "")
    assert err.startswith("pezo: error: nextpnr-nexus 0.11 or newer is needed; none is on PATH")
    assert err.count("\n") == 1


def test_an_unknown_target_is_one_line(pezo, config: Path):
    status, out, err = pezo("synth", config, "--target", "virtex2")
    assert (status, out) == (2, "")
    assert err == (
        'pezo: error: --target = "virtex2" is not allowed; allowed: xcup, ecp5, ice40, nexus\n'
    )


def test_a_broken_yosys_is_one_line(pezo, config: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(yosys, "CANDIDATES", yosys.CANDIDATES[:1])
    monkeypatch.setattr(yosys, "_PYOSYS", "import pyosys.nowhere")
    yosys.find_yosys.cache_clear()
    status, out, err = pezo("synth", config)
    yosys.find_yosys.cache_clear()
    assert (status, out) == (2, "")
    assert err.startswith("pezo: error: no usable Yosys (pyosys 0.70 failed: ModuleNotFoundError")
    assert err.count("\n") == 1
