"""A memory in look-up tables, of any depth."""

from __future__ import annotations

from amaranth.hdl import Module, Mux, Value
from amaranth.lib import memory

# The deepest that Yosys 0.70 maps for UltraScale: its rule for 512 words fails.
_DEEPEST = 256


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
    return _selected(words, high)


def _selected(words: list[Value], index: Value) -> Value:
    """The word of an index, bit by bit of it: an array would be one choice among many conditions.

    Yosys writes that as a ``casez`` whose patterns overlap, which Verilator refuses.
    """
    for bit in index:
        pairs = zip(words[::2], words[1::2], strict=False)
        words = [Mux(bit, odd, even) for even, odd in pairs] + words[len(words) & ~1 :]
    return words[0]


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
