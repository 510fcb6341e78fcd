"""Every beat of the mapped netlist is the RTL's, for all time and all inputs: proven, refutable."""

from __future__ import annotations

import pytest

from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.verify.netlist import cell_models
from tests.formal.equivalence import Equivalence
from tests.netlists import SMALL, config_of, flipped, mapped

pytestmark = pytest.mark.slow


def equivalence(name: str, netlist: str) -> Equivalence:
    """Of a configuration's RTL and a netlist."""
    core, _ = mapped(name)
    rtl = {file: text for file, text in core.files.items() if not file.endswith(".json")}
    return Equivalence(rtl, {"netlist.v": netlist, **cell_models()}, core.top, limits(name))


def limits(name: str) -> dict[str, int]:
    """The moduli of the pool's row counters: beyond them lies no row, and the two may differ."""
    parameters = config_of(name).parameters
    if not isinstance(parameters, PreGeneratedParameters) or not parameters.stores_rows:
        return {}
    moduli = enumerate(parameters.address_sequence.moduli)
    return {f"reader.row_counter.counter_{i}": m for i, m in moduli if m & (m - 1)}


@pytest.mark.parametrize("name", SMALL)
def test_small_netlists_are_equivalent(name):
    _, netlist = mapped(name)
    assert equivalence(name, netlist).difference() is None


@pytest.mark.parametrize("preset", ["paper-roberta", "paper-opt", "row-pool"])
def test_the_presets_netlists_are_equivalent(preset):
    _, netlist = mapped(preset)
    assert equivalence(preset, netlist).difference() is None


@pytest.mark.parametrize(
    ("name", "cell", "parameter"),
    [
        ("luts", r"LUT\d", "INIT"),
        ("luts", "FDSE", "INIT"),
        ("pool-luts", r"LUT\d", "INIT"),
        ("block", r"LUT\d", "INIT"),
        ("block", "RAMB18E2", "INIT_00"),
        ("pool", "RAMB36E2", "INIT_00"),
        ("pool", "RAMB36E2", "INITP_00"),
    ],
)
def test_a_flipped_bit_of_the_netlist_is_refuted(name, cell, parameter):
    _, netlist = mapped(name)
    assert equivalence(name, flipped(netlist, cell, parameter)).difference() is not None


def test_a_pool_needs_its_counters_limits(monkeypatch):
    """Without them the induction starts in rows that do not exist."""
    monkeypatch.setitem(globals(), "limits", lambda name: {})
    _, netlist = mapped("pool-luts")
    assert equivalence("pool-luts", netlist).difference() is not None


def test_a_limit_that_does_not_hold_is_not_believed(monkeypatch):
    monkeypatch.setitem(globals(), "limits", lambda name: {"reader.row_counter.counter_0": 2})
    _, netlist = mapped("pool-luts")
    assert equivalence("pool-luts", netlist).difference() is not None


def test_a_block_ram_in_a_mode_that_is_not_modelled_never_reads():
    _, netlist = mapped("block")
    wrong = netlist.replace(".SLEEP(1'h0)", ".SLEEP(1'h1)")
    assert wrong != netlist
    assert equivalence("block", wrong).difference() is not None
