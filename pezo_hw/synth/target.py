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
        The Yosys command, without the top module; no I/O buffers, so that a core is counted as it
        will be inside a design.
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
    shared_inputs: int = 0
    output_registers: bool = False
    place_and_route: tuple[str, ...] = ()


# Capacities: AMD DS891 for the ZCU102's XCZU9EG (the paper's table 6 lists 150 BRAM as available);
# the others as nextpnr's utilisation report lists them, multipliers as Lattice's data sheets: of 18
# bits (ECP5), of 9 bits (Nexus).
_TARGETS = (
    Target(
        name="xcup",
        device="XCZU9EG (ZCU102)",
        synthesis="synth_xilinx -family xcup -flatten -abc9 -noiopad -noclkbuf",
        cells=XCUP,
        capacity={"lut": 274_080, "ff": 548_160, "bram": 912, "dsp": 2_520},
        bram_unit="RAMB36",
        shared_inputs=5,
    ),
    Target(
        name="ecp5",
        device="LFE5U-85F, speed grade 8",
        synthesis="synth_ecp5 -abc9",
        cells=ECP5,
        capacity={"lut": 83_640, "ff": 83_640, "bram": 208, "dsp": 156},
        bram_unit="DP16KD",
        output_registers=True,
        place_and_route=("nextpnr-ecp5", "--85k", "--speed", "8", "--package", "CABGA381"),
    ),
    Target(
        name="ice40",
        device="iCE40HX8K",
        synthesis="synth_ice40 -abc9 -device hx",
        cells=ICE40,
        capacity={"lut": 7_680, "ff": 7_680, "bram": 32, "dsp": 0},
        bram_unit="SB_RAM40_4K",
        place_and_route=("nextpnr-ice40", "--hx8k", "--package", "ct256"),
    ),
    Target(
        name="nexus",
        device="LIFCL-40, speed grade 9",
        synthesis="synth_nexus -abc9 -noiopad",
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
