"""Loads at random on the simulators that read the Verilog."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw.config import load
from pezo_hw.config.sources import preset_text
from tests.cases import BOTH, DRAWN, OTF, POOL, PRE
from tests.netlists import usual_with_models
from tests.verify.test_netlist import played
from tests.verify.test_presets import verified

pytestmark = pytest.mark.slow


def with_contents(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Config files of generators whose contents can be loaded."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.toml")
        paths[-1].write_text(f'{text}\n[system]\nload = "contents"\n')
    return paths


@pytest.mark.icarus
def test_small_ones_on_icarus(pezo, tmp_path: Path):
    texts = {"seven": OTF + "rngs = 7\nwidth = 5\n", "pool": BOTH["one-counter"]}
    texts |= {name: BOTH[name] for name in ("copies", "copies-counted", "rows-drawn")}
    options = ("--system", "replay", "--simulator", "icarus", "--cycles", 6000)
    status, out, _ = pezo("verify", *with_contents(tmp_path, texts), *options)
    assert status == 0
    assert min(verified(out).values()) > 1000


def test_the_presets_on_verilator(pezo, tmp_path: Path):
    texts = {name: preset_text(name) for name in ("paper-roberta", "row-pool")}
    options = ("--system", "replay", "--cycles", 20_000)
    status, out, _ = pezo("verify", *with_contents(tmp_path, texts), *options)
    assert status == 0
    assert min(verified(out).values()) > 3000


NARROW = OTF + "rngs = 5\nwidth = 8\n"
# Both ways in which Yosys uses the ports: the widest words, and narrow ones.
WRITTEN = {
    "wide": PRE + "pool = 2835\nwidth = 7\nlanes = 35\n",
    "copies": POOL + "pool = 127\nwidth = 9\nlanes = 8\n",
    "drawn": DRAWN + "pool = 31\nwidth = 5\nlanes = 8\n",
}


@pytest.mark.icarus
def test_a_netlist_that_is_written_on_icarus(pezo, tmp_path: Path):
    options = ("--system", "replay", "--simulator", "icarus", "--level", "netlist")
    configs = with_contents(tmp_path, {"narrow": NARROW})
    status, out, _ = pezo("verify", *configs, *options, "--cycles", 3000)
    assert status == 0
    assert min(verified(out).values()) > 500


@pytest.mark.icarus
@pytest.mark.parametrize("name", WRITTEN)
def test_block_rams_that_are_written_on_icarus(name: str, tmp_path: Path):
    (path,) = with_contents(tmp_path, {name: WRITTEN[name]})
    config = load(str(path))
    more = {"level": "rtl", "rtl": usual_with_models(config, "replay"), "cycles": 3000}
    outcome = played(config, "icarus", tmp_path / "work", "replay", **more)
    assert outcome.failure == ""
    assert outcome.beats > 500
