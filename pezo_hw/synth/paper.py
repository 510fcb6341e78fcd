"""Table 6 of the paper, as data.

Source: the PeZO paper, table 6: a ZCU102 (274,080 LUT, 548,160 FF, and 150 BRAM by the paper's
count), Vivado 2020.1. A dash of the table is None here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A row as printed.

    Attributes
    ----------
    design : str
        Its name.
    lut, ff : int or None
        Look-up tables and flip-flops.
    bram : int or None
        Block RAMs.
    watt : float
        Power.
    mhz : int
        Clock frequency.
    """

    design: str
    lut: int | None
    ff: int | None
    bram: int | None
    watt: float
    mhz: int


MEZO = PaperRow(design="MeZO, 1024 × TreeGRNG", lut=133_120, ff=69_632, bram=0, watt=4.474, mhz=500)
PRE_GENERATION = PaperRow(
    design="PeZO pre-generation, 4096 × 12 bit", lut=None, ff=16, bram=8, watt=2.104, mhz=700
)
ROBERTA = PaperRow(
    design="PeZO on-the-fly, RoBERTa (8 bit)", lut=32, ff=449, bram=1, watt=0.608, mhz=700
)
OPT = PaperRow(design="PeZO on-the-fly, OPT (14 bit)", lut=32, ff=512, bram=1, watt=0.626, mhz=700)
