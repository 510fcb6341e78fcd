"""Memories that are read as a ROM is, and can be written."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Module, Value
from amaranth.lib import memory, wiring
from amaranth.lib.wiring import Out

from .rom import SMALLEST_BLOCK


class WriteSignature(wiring.Signature):
    """What writes a memory, a word a clock edge.

    Members
    -------
    address : Signal(address bits), out
        Where.
    data : Signal(data bits), out
        What.
    en : Signal(1), out
        Whether.
    """

    def __init__(self, address_bits: int, data_bits: int) -> None:
        super().__init__({"address": Out(address_bits), "data": Out(data_bits), "en": Out(1)})


def add_ram(
    m: Module,
    name: str,
    *,
    width: int,
    contents: Sequence[int],
    address: Value,
    en: Value,
    write: wiring.PureInterface,
) -> Value:
    """Adds what `add_rom` adds, with a write port.

    A word that is read at the edge that writes it is read as it was. A reset restores nothing.
    """
    attributes = {"ram_style": "block"} if len(contents) >= SMALLEST_BLOCK else {}
    ram = memory.Memory(shape=width, depth=len(contents), init=list(contents), attrs=attributes)
    m.submodules[name] = ram
    read, port = ram.read_port(), ram.write_port()
    m.d.comb += [
        read.addr.eq(address),
        read.en.eq(en),
        port.addr.eq(write.address),
        port.data.eq(write.data),
        port.en.eq(write.en),
    ]
    return read.data
