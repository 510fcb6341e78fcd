"""Mapped netlists of small cores, whole and broken, for the tests that simulate or prove them."""

from __future__ import annotations

import functools
import re
from unittest import mock

from pezo_hw.config import Config, load, parse
from pezo_hw.emit.core import EmittedCore, emit_core
from pezo_hw.synth import depth
from pezo_hw.verify.netlist import cell_models, mapped_netlist
from tests.shared import made_once

ON_THE_FLY = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\n'
PRE_GENERATED = POOL + 'leftover = "row"\n'
# Look-up tables only, twice; a RAMB18E2 of 2 bits; a RAMB36E2 of 72 bits, parity among them; two
# RAMB18E2 that are read at both ports.
SMALL = {
    "luts": f"{ON_THE_FLY}rngs = 3\nwidth = 4\n",
    "pool-luts": f"{PRE_GENERATED}pool = 15\nwidth = 4\nlanes = 5\n",
    "block": f"{ON_THE_FLY}rngs = 3\nwidth = 7\n",
    "pool": f"{PRE_GENERATED}pool = 335\nwidth = 9\nlanes = 5\n",
    "copies": f"{POOL}pool = 127\nwidth = 4\nlanes = 4\n",
}


def config_of(name: str) -> Config:
    """A small configuration, or a preset."""
    return parse(SMALL[name], name=name) if name in SMALL else load(name)


@functools.cache
def mapped(name: str) -> tuple[EmittedCore, str]:
    """A configuration's core and its netlist."""
    return made_once(f"netlist-{name}", lambda: _mapped(name))


def _mapped(name: str) -> tuple[EmittedCore, str]:
    core = emit_core(config_of(name))
    return core, _netlist_of(core)


def _netlist_of(core: EmittedCore) -> str:
    memories = {file: text for file, text in core.files.items() if file.endswith(".mem")}
    return mapped_netlist(core.files[core.verilog_file], memories, core.top)


def with_models(name: str) -> dict[str, str]:
    """The files to simulate in a core's place: its netlist and the models of its cells."""
    core, netlist = mapped(name)
    return {core.verilog_file: netlist, **cell_models()}


def usual_with_models(config: Config, system: str) -> dict[str, str]:
    """The same of any configuration's core or system, mapped the usual way alone.

    What a deep design takes when it is mapped for few levels as well is other LUTs, never other
    block RAMs; it takes twice as long.
    """
    core = emit_core(config, system=system)
    with mock.patch.object(depth, "MOST_LEVELS", 1000):
        return {core.verilog_file: _netlist_of(core), **cell_models()}


def flipped(netlist: str, cell: str, parameter: str) -> str:
    """The netlist with a bit of the highest defined digit of its first such parameter flipped.

    The highest, since no state of an LFSR addresses word 0.
    """
    pattern = rf"(^  {cell} #\(.*?\.{parameter}\(\d+'[hb]x*)([0-9a-f])"
    found = re.search(pattern, netlist, re.MULTILINE | re.DOTALL)
    assert found is not None
    digit = f"{int(found[2], 16) ^ 1:x}"
    return netlist[: found.start(2)] + digit + netlist[found.end(2) :]
