"""What a mapped netlist takes of a device."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..notebook import card
from .levels import LongestPath, longest_path
from .netlist import Netlist
from .sites import lut_sites


@dataclass(frozen=True, kw_only=True)
class Resources:
    """Counts of a netlist.

    Attributes
    ----------
    lut : int
        Look-up tables, those of memories and carry cells among them.
    lut_by_size : dict of str to int
        The same by the name of the cell.
    lut_sites : int
        Sites after pairing small LUTs (see `pezo_hw.synth.sites`); an estimate.
    ff : int
        Flip-flops.
    bram : float
        Block RAMs in the target's unit (xcup: RAMB36, so that a RAMB18 is half of one).
    bram_by_type : dict of str to int
        Block RAM cells.
    carry : int
        Carry cells.
    path : LongestPath
        The longest way between registers, with its LUT levels.
    dsp : int
        Hardened multipliers.
    """

    lut: int
    lut_by_size: dict[str, int]
    lut_sites: int
    ff: int
    bram: float
    bram_by_type: dict[str, int]
    carry: int
    path: LongestPath
    dsp: int = 0

    def _repr_html_(self) -> str:
        sizes = ", ".join(f"{number:,} {name}" for name, number in self.lut_by_size.items())
        rows = {
            "LUT": f"{self.lut:,}" + (f" ({sizes})" if sizes else ""),
            "LUT sites": f"{self.lut_sites:,}",
            "flip-flops": f"{self.ff:,}",
            "block RAMs": f"{self.bram:g}",
            "carry cells": f"{self.carry:,}",
            "LUT levels": f"{self.path.levels}",
        }
        return card("resources", rows.items())


def count(netlist: Netlist) -> Resources:
    """The resources of a netlist."""
    library = netlist.family.cells
    types = Counter(cell.type for cell in netlist.cells)
    takes_luts = {**dict.fromkeys(library.luts, 1), **library.lut_memories, **library.carries}
    luts = {name: types[name] * takes_luts[name] for name in sorted(types) if name in takes_luts}
    brams = {name: types[name] for name in sorted(types) if name in library.block_rams}
    small = [
        frozenset(wire for _, wire in cell.input_wires)
        for cell in netlist.cells
        if cell.type in library.luts
    ]
    # Only plain look-up tables share a site: those of memories and carry cells are bound to theirs.
    plain = sum(types[name] for name in library.luts)
    lut = sum(luts.values())
    return Resources(
        lut=lut,
        lut_by_size={name: number for name, number in luts.items() if number},
        lut_sites=lut - plain + lut_sites(small, netlist.family.shared_inputs),
        ff=sum(number for name, number in types.items() if library.is_register(name)),
        bram=sum(number * library.block_rams[name] for name, number in brams.items()),
        bram_by_type=brams,
        carry=sum(types[name] for name in library.carries),
        path=longest_path(netlist),
        dsp=sum(types[name] * number for name, number in library.multipliers.items()),
    )
