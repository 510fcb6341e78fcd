"""The scale-factor look-up table in block RAM."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.memories import WriteSignature, add_ram, add_rom
from ..parameters import OnTheFlyParameters


class ScaleFactorLUT(wiring.Component):
    """Exponent code of the cycle in which RNG 0 has a given state (paper, figure 2).

    The table has 2^b words of c bits. A block RAM reads it, and a register follows, which Vivado
    takes into the block RAM: both steps of its pipeline are used.

    Timing: latency 2 enabled clock edges, a new address at each. With ``en`` low everything keeps
    its value. Nothing is reset: ``code`` is undefined until the second enabled edge that follows
    power-up or a reset of the domain.

    Parameters
    ----------
    parameters : OnTheFlyParameters
        Gives the table.
    writable : bool
        Whether it can be written; a word that is read as it is written is undefined.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    address : Signal(b), in
        The state of RNG 0.
    code : Signal(c), out
        The exponent code that goes with it.
    write : WriteSignature, in
        Writes the table, whatever ``en`` is; only where it is writable.
    """

    def __init__(self, parameters: OnTheFlyParameters, *, writable: bool = False) -> None:
        self.parameters = parameters
        self.writable = writable
        code_bits = parameters.scaling.code_bits
        pins = {"en": In(1), "address": In(parameters.width), "code": Out(code_bits)}
        write = {"write": In(WriteSignature(parameters.width, code_bits))} if writable else {}
        super().__init__({**pins, **write})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        table = {
            "width": self.parameters.scaling.code_bits,
            "contents": self.parameters.scale_table.codes.tolist(),
            "address": self.address,
            "en": self.en,
        }
        if self.writable:
            read = add_ram(m, "scale_table", **table, write=self.write)
        else:
            read = add_rom(m, "scale_table", **table)
        code = Signal(self.parameters.scaling.code_bits, name="code_register", reset_less=True)
        m.d.comb += self.code.eq(code)
        with m.If(self.en):
            m.d.sync += code.eq(read)
        return m
