"""The netlist that Yosys maps a core to, and models of the cells in it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from ..errors import PezoError
from ..synth import synthesise
from ..tools.completeness import complete_verilog
from ..tools.folders import temporary_folder
from ..tools.yosys import run_yosys

_TARGET = "xcup"
_LIBRARY = "read_verilog -lib +/xilinx/cells_sim.v +/xilinx/cells_xtra.v"
# Every bit a net of its own: where flip-flops drive the bits of one bus and read it back, an
# event-driven simulator takes a hundred times as long. Hence a buffer at each output.
_SINGLE_BITS = ("iopadmap -bits -outpad OBUF I:O", "splitnets", "opt_clean")


def mapped_netlist(
    verilog: str, memories: Mapping[str, str], top: str, *, few_levels: bool = False
) -> str:
    """The Verilog netlist of a core on UltraScale+, out of context, without I/O buffers.

    Parameters
    ----------
    verilog : str
        The core.
    memories : mapping of str to str
        The files that it reads, by name.
    top : str
        Its top module, which the netlist's only module is named after.
    few_levels : bool
        As `pezo_hw.synth.synthesise` takes it.

    Raises
    ------
    PezoError
        Where Yosys fails.
    """
    mapped = synthesise(verilog, memories, top, _TARGET, few_levels=few_levels)
    with temporary_folder() as folder:
        (folder / "mapped.v").write_text(mapped.verilog, encoding="utf-8")
        read = (_LIBRARY, "read_verilog mapped.v", f"hierarchy -top {top}")
        run_yosys([*read, *_SINGLE_BITS, "write_verilog -noattr netlist.v"], folder)
        return complete_verilog(folder / "netlist.v", "Yosys", [top])


def cell_models() -> dict[str, str]:
    """Verilog models of the netlist's cells by file name: Yosys' own, and ours.

    Ours are of the block RAMs and of the multipliers.

    Raises
    ------
    PezoError
        Where the Yosys package lacks its models.
    """
    models = Path(__file__).parent / "models"
    ours = (models / "ramb.v", models / "dsp.v")
    package = find_spec("pyosys")
    folders = (package.submodule_search_locations if package is not None else None) or []
    for folder in folders:
        cells = Path(folder, "share", "xilinx", "cells_sim.v")
        if cells.is_file():
            return {file.name: file.read_text("utf-8") for file in (cells, *ours)}
    raise PezoError("the netlist level needs share/xilinx/cells_sim.v of pyosys; reinstall pyosys")
