"""All cores and their modules in Amaranth's simulator; what they refuse."""

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.config import load, parse
from pezo_hw.generators.gaussian.box_muller.rtl import pair
from pezo_hw.generators.gaussian.clt.rtl import lane as clt_lane
from pezo_hw.generators.gaussian.piecewise_clt.rtl import lane as piecewise_lane
from pezo_hw.generators.gaussian.rtl import leap_core
from pezo_hw.generators.gaussian.table_hadamard.rtl import group
from pezo_hw.generators.gaussian.tree.rtl import lanes
from pezo_hw.systems.registry import SYSTEMS
from tests.generators.gaussian.configs import (
    BOX_MULLER,
    CLT,
    PIECEWISE_CLT,
    SMALL,
    TABLE_HADAMARD,
    TREE,
)
from tests.netlists import usual_with_models
from tests.rtl.simulation import run
from tests.verify.test_netlist import played


@pytest.mark.parametrize("name", SMALL)
def test_the_core_and_its_modules(name: str, tmp_path: Path):
    for bench in ("core", *parse(SMALL[name], name="case").generator.benches()):
        run(SMALL[name], bench, tmp_path, cycles=60)


@pytest.mark.slow
def test_a_threshold_that_is_one_off_is_seen(tmp_path: Path, monkeypatch):
    right = lanes._at_least
    monkeypatch.setattr(lanes, "_at_least", lambda planes, t: right(planes, t + (t == 292)))
    with pytest.raises(AssertionError, match="samples bit"):
        run(SMALL["tree-1"], "tree-lanes", tmp_path, cycles=600)


def test_an_entry_that_is_one_off_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(group, "MAGNITUDES", (*group.MAGNITUDES[:-1], group.MAGNITUDES[-1] ^ 1))
    with pytest.raises(AssertionError, match="samples output"):
        run(SMALL["hadamard-1"], "hadamard-group", tmp_path, cycles=60)


def test_a_word_of_another_sign_is_seen(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(clt_lane, "WORD_BITS", 7)
    with pytest.raises(AssertionError, match="samples output"):
        run(SMALL["clt-1"], "clt-lane", tmp_path, cycles=60)


def test_a_place_that_is_one_off_is_seen(tmp_path: Path, monkeypatch):
    places = list(piecewise_lane.ALTERNATES)
    places[31] ^= 1
    monkeypatch.setattr(piecewise_lane, "ALTERNATES", tuple(places))
    with pytest.raises(AssertionError, match="samples output"):
        run(SMALL["piecewise-1"], "piecewise-clt-lane", tmp_path, cycles=100)


def test_a_cosine_that_is_one_off_is_seen(tmp_path: Path, monkeypatch):
    wrong = [(constant, slope ^ 512) for constant, slope in pair.cosine_table()]
    monkeypatch.setattr(pair, "cosine_table", lambda: wrong)
    with pytest.raises(AssertionError, match="samples output"):
        run(SMALL["box-muller-1"], "box-muller-pair", tmp_path, cycles=100)


@pytest.mark.parametrize("system", ["replay", "axi"])
def test_systems_on_command_are_refused_in_one_line(system: str):
    with pytest.raises(PezoError, match=r'mezo: perturbation.strategy = "gaussian" is not') as said:
        SYSTEMS[system].check(load("mezo"))
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    ("text", "most"),
    [(TREE, 6553), (TABLE_HADAMARD, 5461), (CLT, 5461), (PIECEWISE_CLT, 4681), (BOX_MULLER, 4095)],
)
def test_hardware_has_as_many_lanes_as_a_bus_has_bits(text: str, most: int):
    parse(f"{text}lanes = {most}\n", name="most").require_hardware()
    config = parse(f"{text}lanes = {most + 1}\n", name="more")
    assert config.stream().mantissas(0, 1).shape == (1, most + 1)
    with pytest.raises(PezoError, match=rf"gaussian.lanes = {most + 1} is .* up to {most} for"):
        config.require_hardware()


@pytest.mark.slow
def test_the_verilog_with_shared_modules_on_verilator(pezo, tmp_path: Path):
    """A slice of 64 lanes, and a narrower one."""
    config = tmp_path / "slices.toml"
    config.write_text(f"{TREE}lanes = 65\n", "utf-8")
    status, out, err = pezo("verify", config, "--bench", "core", "--cycles", "500")
    assert status == 0, out + err


def test_registers_in_several_banks(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(leap_core, "BANK", 2)
    run(f"{CLT}lanes = 5\n", "core", tmp_path, cycles=30)


@pytest.mark.slow
def test_long_runs_on_verilator(pezo, tmp_path: Path):
    """With resets and stalls."""
    for name in ("clt-1", "piecewise-1", "box-muller-1"):
        config = tmp_path / f"{name}.toml"
        config.write_text(SMALL[name], "utf-8")
        status, out, err = pezo("verify", config, "--bench", "core", "--cycles", "20000")
        assert status == 0, out + err


@pytest.mark.slow
@pytest.mark.icarus
def test_a_netlist_with_shared_modules_on_icarus(tmp_path: Path):
    config = parse(f"{TABLE_HADAMARD}lanes = 20\n", name="groups")
    more = {"level": "rtl", "rtl": usual_with_models(config, "core"), "cycles": 300}
    assert played(config, "icarus", tmp_path, **more).failure == ""
