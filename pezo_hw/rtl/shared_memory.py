"""A memory that is read at several addresses at once, as a true dual-port block RAM is."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Module, Value
from amaranth.lib import memory, wiring

from .memories import LARGEST_DISTRIBUTED


def add_shared_memory(
    m: Module,
    name: str,
    *,
    width: int,
    contents: Sequence[int],
    addresses: Sequence[Value],
    en: Value,
    write: wiring.PureInterface | None = None,
) -> list[Value]:
    """Adds a memory with a registered read port for each address; what they read.

    Timing: as that of `add_rom`, for every port. ``write`` (a `WriteSignature`) writes at the first
    address, whatever its own is: read and write port are then one port of a block RAM, and the
    memory needs no third one. What its port reads at an edge that writes is undefined.
    """
    kind = "rom_style" if write is None else "ram_style"
    attributes = {kind: "block"} if len(contents) > LARGEST_DISTRIBUTED else {}
    words = memory.Memory(shape=width, depth=len(contents), init=list(contents), attrs=attributes)
    m.submodules[name] = words
    ports = [words.read_port() for _ in addresses]
    for port, address in zip(ports, addresses, strict=True):
        m.d.comb += [port.addr.eq(address), port.en.eq(en)]
    if write is not None:
        port = words.write_port()
        m.d.comb += [port.addr.eq(addresses[0]), port.data.eq(write.data), port.en.eq(write.en)]
    return [port.data for port in ports]
