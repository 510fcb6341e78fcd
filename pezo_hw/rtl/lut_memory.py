"""A memory in look-up tables, of any depth."""

from __future__ import annotations

from amaranth.hdl import Array, Module, Value
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
    words = []
    for index, start in enumerate(range(0, depth, _DEEPEST)):
        part = min(_DEEPEST, depth - start)
        words.append(_add(m, f"{name}_{index}", part, low, data, en & (high == index)))
    return Array(words)[high]


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
