"""A memory that is read at several addresses at once, as a true dual-port block RAM is."""

from __future__ import annotations

from collections.abc import Sequence

from amaranth.hdl import Module, Signal, Value
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
    memory needs no third one. No port reads at an edge that writes, so that nothing has to be
    kept beside the memory for what was there before.
    """
    kind = "rom_style" if write is None else "ram_style"
    attributes = {kind: "block"} if len(contents) > LARGEST_DISTRIBUTED else {}
    words = memory.Memory(shape=width, depth=len(contents), init=list(contents), attrs=attributes)
    m.submodules[name] = words
    signature = memory.ReadPort.Signature(addr_width=len(addresses[0]), shape=width)
    # Made by hand for their names: those of a second port would be told apart by a number.
    ports = [
        memory.ReadPort(signature, memory=words, domain="sync", path=(f"{name}_read_{index}",))
        for index in range(len(addresses))
    ]
    reads = en if write is None else en & ~write.en
    # Signals of its own: what leaves a module by no name of one is called by a number in Verilog.
    shown = [Signal(width, name=f"{name}_port_{index}") for index in range(len(ports))]
    for port, address, data in zip(ports, addresses, shown, strict=True):
        m.d.comb += [port.addr.eq(address), port.en.eq(reads), data.eq(port.data)]
    if write is not None:
        port = words.write_port()
        m.d.comb += [port.addr.eq(addresses[0]), port.data.eq(write.data), port.en.eq(write.en)]
    return list(shown)
