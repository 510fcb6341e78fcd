"""A core in the gates of a library: netlist, area, and models of the gates to simulate it with."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import PezoError
from ..synth.cache import NO_CACHE, Cache, key_of
from ..synth.mapping import commands_around
from ..synth.netlist import Netlist
from ..tools.completeness import IncompleteFileError, complete_json, complete_text
from ..tools.folders import temporary_folder
from ..tools.yosys import find_yosys
from .liberty import Liberty

TARGET = "standard cells"
_FILE = "cells.lib"
# Cells that are no logic, such as antennas and fillers, have no function and no directions.
_LENIENT = "-ignore_miss_func -ignore_miss_dir"
_FORM = "standard-cells-2"
_MODULE = re.compile(r"^module \\?(\S+?) ?\(.*?^endmodule$", re.MULTILINE | re.DOTALL)
_STATE = "\n  reg "


@dataclass(frozen=True, kw_only=True)
class StandardCells:
    """A core in the gates of a library.

    Attributes
    ----------
    netlist : Netlist
        The design.
    models : str
        Verilog of every cell of the library, made from the functions that it states.
    area : float
        Of all gates, in the library's unit; without wires.
    cells : int
        Their number.
    registers : frozenset of str
        The types of gates in it that are flip-flops or latches.
    """

    netlist: Netlist
    models: str
    area: float
    cells: int
    registers: frozenset[str]


def map_to_cells(
    verilog: str,
    memories: Mapping[str, str],
    top: str,
    liberty: Liberty,
    *,
    period_ps: int,
    once: Iterable[str] = (),
    cache: Cache = NO_CACHE,
) -> StandardCells:
    """Map a core to standard cells with Yosys and ABC; a memory becomes gates and flip-flops.

    Flip-flops have no value before the reset: what the source has them start from is dropped.

    Parameters
    ----------
    verilog, memories, top
        As `pezo_hw.synth.synthesise` takes them.
    liberty : Liberty
        The gates.
    period_ps : int
        The clock period that ABC sizes gates for, in picoseconds.
    once : iterable of str
        Modules that are mapped once for all of their copies.
    cache : Cache
        Where to look first, and to keep the result.

    Raises
    ------
    PezoError
        In the words of Yosys, where it fails, or for gates without an area.
    """
    commands = _commands(top, period_ps, once)
    yosys = find_yosys()
    key = key_of(_FORM, yosys.name, commands, verilog, dict(memories), liberty.text)
    found = cache.get(key)
    if found is None:
        with temporary_folder("pezo-cells-") as folder:
            texts = {"source.v": verilog, **memories, _FILE: liberty.text}
            for file, text in texts.items():
                (folder / file).write_text(text, encoding="utf-8")
            yosys.run(commands, folder)
            found = _read(folder, yosys.name, top, liberty)
        cache.put(key, found)
    netlist = Netlist(
        target=TARGET,
        top=top,
        tool=yosys.name,
        json={"modules": {top: found["module"]}},
        verilog=found["models"],
    )
    return StandardCells(
        netlist=netlist,
        models=found["models"],
        area=found["area"],
        cells=len(netlist.cells),
        registers=frozenset(found["registers"]),
    )


def _commands(top: str, period_ps: int, once: Iterable[str]) -> list[str]:
    mapping = (
        f"synth -flatten -top {top}",
        "setattr -unset init w:*",
        f"dfflibmap -liberty {_FILE}",
        f"abc -D {period_ps} -liberty {_FILE}",
    )
    return [
        # The directions of the pins, for the JSON.
        f"read_liberty -lib {_LENIENT} {_FILE}",
        "read_verilog source.v",
        *commands_around(mapping, once),
        "setundef -zero",
        "opt_clean -purge",
        "check -mapped",
        f"tee -q -o area.json stat -json -liberty {_FILE}",
        "write_json netlist.json",
        "design -reset",
        f"read_liberty {_LENIENT} -overwrite {_FILE}",
        "write_verilog -noattr models.v",
    ]


def _read(folder: Path, writer: str, top: str, liberty: Liberty) -> dict[str, Any]:
    module = complete_json(folder / "netlist.json", writer).get("modules", {}).get(top)
    if module is None:
        raise IncompleteFileError(folder / "netlist.json", writer)
    left = sorted({cell["type"] for cell in module["cells"].values() if cell["type"][0] == "$"})
    if left:
        what = f"{liberty.name}: it has no gates for {', '.join(left)} of {top}"
        raise PezoError(f"{what}; allowed: a library with flip-flops and logic gates")
    unknown = sorted({cell["type"] for cell in module["cells"].values()} & liberty.without_area)
    if unknown:
        what = f"{liberty.name}: it says no area of {', '.join(unknown)}, which {top} uses"
        raise PezoError(f"{what}; allowed: a library with an area of every gate")
    models = complete_text(folder / "models.v", writer)
    if not models.rstrip().endswith("endmodule"):
        raise IncompleteFileError(folder / "models.v", writer)
    return {
        "module": module,
        "models": models,
        "area": _area(folder / "area.json", writer, liberty),
        "registers": [found[1] for found in _MODULE.finditer(models) if _STATE in found[0]],
    }


def _area(path: Path, writer: str, liberty: Liberty) -> float:
    area = complete_json(path, writer).get("design", {}).get("area")
    if not isinstance(area, (int, float)) or not math.isfinite(area) or area <= 0:
        raise PezoError(f"{liberty.name}: the area of its cells is {json.dumps(area)}")
    return float(area)
