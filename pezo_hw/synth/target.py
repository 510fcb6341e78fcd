"""The devices that a core can be synthesised for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import PezoError
from .cells import ECP5, ICE40, NEXUS, XCUP, CellLibrary


@dataclass(frozen=True, kw_only=True)
class Target:
    """A family's flow through the open tools and one device of it.

    Attributes
    ----------
    name : str
        What ``--target`` calls it.
    device : str
        The device that shares and frequencies are of.
    synthesis : str
        The Yosys command, with ``{top}`` for the top module; no I/O buffers, so that a core is
        counted as it will be inside a design.
    shallow : tuple of str
        Commands that map for few levels, likewise; empty where there is no such way.
    cells : CellLibrary
        What the cells are.
    capacity : mapping of str to float
        The device's ``lut``, ``ff``, ``bram`` and ``dsp``.
    bram_unit : str
        What one block RAM in reports is.
    shared_inputs : int
        Distinct inputs up to which two LUTs share a site; 0 where sites have one output.
    output_registers : bool
        Whether Yosys leaves it to us to move registers into the block RAMs before them.
    place_and_route : tuple of str
        nextpnr's name and the options that choose the device; empty where no open tool places.
    """

    name: str
    device: str
    synthesis: str
    cells: CellLibrary
    capacity: Mapping[str, float]
    bram_unit: str
    shallow: tuple[str, ...] = ()
    shared_inputs: int = 0
    output_registers: bool = False
    place_and_route: tuple[str, ...] = ()


_XCUP = "synth_xilinx -family xcup -flatten -abc9 -noiopad -noclkbuf -top {top}"
# What synth_xilinx itself runs, but for three things. The mapper takes 1000 ps for the way between
# two cells: by its own 300, less than a LUT, four small LUTs in a row pass for as quick as two
# large ones. There are no LUTs of seven and eight inputs, which are two and three levels with their
# MUXF7 and MUXF8. And xilinx_dffopt is left out, which puts what enables or resets a flip-flop into
# the LUT before it, a level behind where it was.
_XCUP_SHALLOW = (
    f"{_XCUP} -nowidelut -run begin:map_luts",
    "opt_expr -mux_undef -noclkinv",
    "read_verilog -icells -lib -specify +/xilinx/abc9_model.v",
    "abc9 -W 1000 -luts 2:2,3,6:5",
    "clean",
    "xilinx_srl -fixed -minlen 3",
    "techmap -map +/xilinx/lut_map.v -map +/xilinx/cells_map.v -D LUT_WIDTH=6",
    "opt_lut_ins -tech xilinx",
    f"{_XCUP} -nowidelut -run finalize:",
)

# Capacities: AMD DS891 for the ZCU102's XCZU9EG (the paper's table 6 lists 150 BRAM as available);
# the others as nextpnr's utilisation report lists them, multipliers as Lattice's data sheets: of 18
# bits (ECP5), of 9 bits (Nexus).
_TARGETS = (
    Target(
        name="xcup",
        device="XCZU9EG (ZCU102)",
        synthesis=_XCUP,
        shallow=_XCUP_SHALLOW,
        cells=XCUP,
        capacity={"lut": 274_080, "ff": 548_160, "bram": 912, "dsp": 2_520},
        bram_unit="RAMB36",
        shared_inputs=5,
    ),
    Target(
        name="ecp5",
        device="LFE5U-85F, speed grade 8",
        synthesis="synth_ecp5 -abc9 -top {top}",
        cells=ECP5,
        capacity={"lut": 83_640, "ff": 83_640, "bram": 208, "dsp": 156},
        bram_unit="DP16KD",
        output_registers=True,
        place_and_route=("nextpnr-ecp5", "--85k", "--speed", "8", "--package", "CABGA381"),
    ),
    Target(
        name="ice40",
        device="iCE40HX8K",
        synthesis="synth_ice40 -abc9 -device hx -top {top}",
        cells=ICE40,
        capacity={"lut": 7_680, "ff": 7_680, "bram": 32, "dsp": 0},
        bram_unit="SB_RAM40_4K",
        place_and_route=("nextpnr-ice40", "--hx8k", "--package", "ct256"),
    ),
    Target(
        name="nexus",
        device="LIFCL-40, speed grade 9",
        synthesis="synth_nexus -abc9 -noiopad -top {top}",
        cells=NEXUS,
        capacity={"lut": 32_256, "ff": 32_256, "bram": 84, "dsp": 112},
        bram_unit="EBR",
        place_and_route=("nextpnr-nexus", "--device", "LIFCL-40-9BG400C"),
    ),
)
TARGETS = {target.name: target for target in _TARGETS}


def find_target(name: str) -> Target:
    """The target of that name.

    Raises
    ------
    PezoError
        Where there is none.
    """
    if name not in TARGETS:
        raise PezoError(f'--target = "{name}" is not allowed; allowed: {", ".join(TARGETS)}')
    return TARGETS[name]
