"""A read-only memory with one registered read port."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Module, Value
from amaranth.lib import memory

# Up to 64 words a bit of the ROM is one 6-input LUT: the tools may choose. Above, a block RAM.
SMALLEST_BLOCK = 65


def add_rom(
    m: Module, name: str, *, width: int, contents: Sequence[int], address: Value, en: Value
) -> Value:
    """Adds a ROM to a module and returns its read data, one enabled clock edge after the address.

    The data are undefined until the first such edge, as those of a block RAM are. The memory has
    no write port, so a reset has nothing to restore.
    """
    attributes = {"rom_style": "block"} if len(contents) >= SMALLEST_BLOCK else {}
    rom = memory.Memory(shape=width, depth=len(contents), init=list(contents), attrs=attributes)
    m.submodules[name] = rom
    port = rom.read_port()
    m.d.comb += [port.addr.eq(address), port.en.eq(en)]
    return port.data
