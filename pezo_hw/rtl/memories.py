"""Memories: read-only ones, ones that can be written, and ones in look-up tables."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Module, Signal, Value
from amaranth.lib import memory, wiring
from amaranth.lib.wiring import Out

from .functions import selected_word

# Up to 64 words a bit of a memory is one 6-input look-up table; above, a block RAM is meant.
LARGEST_DISTRIBUTED = 64
# The deepest in look-up tables that Yosys 0.70 maps for UltraScale: its rule for 512 words fails.
_DEEPEST = 256
# So many words, and the bits that tell them apart, are the six inputs of a look-up table.
_CHOSEN_BITS = 2
_CHOSEN = 1 << _CHOSEN_BITS


def add_rom(
    m: Module, name: str, *, width: int, contents: Sequence[int], address: Value, en: Value
) -> Value:
    """Adds a ROM to a module and returns its read data, one enabled clock edge after the address.

    Up to 64 words the tools may choose what it is made of; more are a block RAM.

    The data are undefined until the first such edge, as those of a block RAM are. The memory has
    no write port, so a reset has nothing to restore.
    """
    attributes = {"rom_style": "block"} if len(contents) > LARGEST_DISTRIBUTED else {}
    rom = memory.Memory(shape=width, depth=len(contents), init=list(contents), attrs=attributes)
    m.submodules[name] = rom
    port = rom.read_port()
    m.d.comb += [port.addr.eq(address), port.en.eq(en)]
    return port.data


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
    attributes = {"ram_style": "block"} if len(contents) > LARGEST_DISTRIBUTED else {}
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


def add_lut_memory(
    m: Module, name: str, *, depth: int, address: Value, data: Value, en: Value
) -> Value:
    """Adds a memory with a single address, and returns the word there, without a clock edge.

    That word is overwritten with ``data`` at a clock edge with ``en`` high. The memory has no
    reset, and a word is undefined until it is written. More than 256 words are cut into several
    memories.
    """
    if depth <= _DEEPEST:
        return _add(m, name, depth, address, data, en)
    split = (_DEEPEST - 1).bit_length()
    low, high = address[:split], address[split:]
    words: list[Value] = []
    for index, start in enumerate(range(0, depth, _DEEPEST)):
        part = min(_DEEPEST, depth - start)
        words.append(_add(m, f"{name}_{index}", part, low, data, en & (high == index)))
    if len(words) <= _CHOSEN:
        return selected_word(words, high)
    chosen = []
    for start in range(0, len(words), _CHOSEN):
        word = Signal(len(data), name=f"{name}_from_{start}", attrs={"keep": "true"})
        m.d.comb += word.eq(selected_word(words[start : start + _CHOSEN], high[:_CHOSEN_BITS]))
        chosen.append(word)
    return selected_word(chosen, high[_CHOSEN_BITS:])


def _add(m: Module, name: str, depth: int, address: Value, data: Value, en: Value) -> Value:
    m.submodules[name] = words = memory.Memory(
        shape=len(data), depth=depth, init=[], attrs={"ram_style": "distributed"}
    )
    write, read = words.write_port(), words.read_port(domain="comb")
    m.d.comb += [
        write.addr.eq(address),
        write.data.eq(data),
        write.en.eq(en),
        read.addr.eq(address),
    ]
    return read.data
