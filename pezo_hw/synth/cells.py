"""What the cells of each family's mapped netlist are, as data.

Source: the simulation libraries ``xilinx/cells_sim.v``, ``lattice/cells_sim_ecp5.v``,
``ice40/cells_sim.v`` and ``nexus/cells_sim.v`` of Yosys 0.70; LUT counts of LUT memories from
AMD UG574 (UltraScale CLB) and Lattice FPGA-TN-02204 (ECP5 memory).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class CellLibrary:
    """The cells of a family, by what they count as.

    Attributes
    ----------
    luts : mapping of str to int
        Look-up tables and the inputs that each has.
    lut_memories : mapping of str to int
        Memories and shift registers made of look-up tables, and how many each takes. Their address
        reads through, everything else is clocked.
    registers : tuple of str
        First letters of every flip-flop's name.
    block_rams : mapping of str to float
        Block RAMs in the family's unit.
    carries : mapping of str to int
        Carry cells and the LUTs that are part of each.
    multipliers : mapping of str to int
        Hardened multipliers, and how many each takes of what the device has.
    """

    luts: Mapping[str, int]
    registers: tuple[str, ...]
    block_rams: Mapping[str, float]
    carries: Mapping[str, int]
    lut_memories: Mapping[str, int] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)

    def is_register(self, cell_type: str) -> bool:
        """Whether it is a flip-flop."""
        return cell_type.startswith(self.registers)

    def is_clocked(self, cell_type: str, port: str) -> bool:
        """Whether the value at an input waits for a clock edge, so that a path ends there."""
        if cell_type in self.lut_memories:
            return not port.startswith(("A", "DPRA"))
        return self.is_register(cell_type) or cell_type in self.block_rams


XCUP = CellLibrary(
    luts={"INV": 1, **{f"LUT{inputs}": inputs for inputs in range(1, 7)}},
    registers=("FDRE", "FDSE", "FDCE", "FDPE", "LDCE", "LDPE"),
    block_rams={"RAMB18E2": 0.5, "RAMB36E2": 1.0},
    carries={"CARRY4": 0, "CARRY8": 0},
    multipliers={"DSP48E2": 1},
    lut_memories={
        "SRL16E": 1,
        "SRLC32E": 1,
        "RAM32X1S": 1,
        "RAM64X1S": 1,
        "RAM128X1S": 2,
        "RAM256X1S": 4,
        "RAM512X1S": 8,
        "RAM32X1D": 2,
        "RAM64X1D": 2,
        "RAM128X1D": 4,
        "RAM256X1D": 8,
        "RAM32M": 4,
        "RAM64M": 4,
        "RAM32M16": 8,
        "RAM64M8": 8,
    },
)

ECP5 = CellLibrary(
    luts={"LUT4": 4},
    registers=("TRELLIS_FF",),
    block_rams={"DP16KD": 1.0, "PDPW16KD": 1.0},
    carries={"CCU2C": 2},
    multipliers={"MULT18X18D": 1},
    lut_memories={"TRELLIS_DPR16X4": 4},
)

ICE40 = CellLibrary(
    luts={"SB_LUT4": 4},
    registers=("SB_DFF",),
    block_rams={f"SB_RAM40_4K{edges}": 1.0 for edges in ("", "NR", "NW", "NRNW")},
    carries={"SB_CARRY": 0},
)

NEXUS = CellLibrary(
    luts={"LUT4": 4, "INV": 1},
    registers=("FD1P3",),
    block_rams={"DP16K": 1.0, "PDP16K": 1.0, "PDPSC16K": 1.0},
    carries={"CCU2": 2},
    multipliers={"MULT9X9": 1, "MULT18X18": 2, "MULT18X36": 4, "MULT36X36": 8},
    lut_memories={"DPR16X4": 4},
)
