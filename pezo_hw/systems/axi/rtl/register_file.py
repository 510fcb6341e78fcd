"""The registers: which word of the bus is which."""

from __future__ import annotations

from collections.abc import Mapping

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....registers import WORD_BYTES, Field, Register, RegisterMap
from ....rtl.functions import equals, selected_word
from ..parameters import DATA_BITS
from .register_bus import RegisterBusSignature


class RegisterFile(wiring.Component):
    """Decodes the words of a register map; keeps those that software writes and reads back.

    Timing: that of `RegisterBusSignature`. A field of ``stored`` has its new value one cycle after
    the write. A bit of ``written`` is high in the cycle of the write itself, while ``bus`` holds
    the word. Reset puts the stored fields to the values that the map gives.

    Parameters
    ----------
    register_map : RegisterMap
        What lies where.
    constants : mapping of str to int
        Fields that never change, as ``REGISTER.field``: those whose value a configuration gives,
        and those of options that it does not have. They cost no register.

    Members
    -------
    bus : RegisterBusSignature, in
        The accesses.
    shown : Signature, in
        By register and field, in lower case: what software reads and cannot store.
    stored : Signature, out
        By register and field: what software has stored.
    written : Signature, out
        One bit for each register that software writes and that is not stored.
    """

    def __init__(self, register_map: RegisterMap, constants: Mapping[str, int]) -> None:
        self.register_map = register_map
        self.constants = constants
        super().__init__(
            {
                "bus": In(RegisterBusSignature(register_map.index_bits)),
                "shown": In(self._signature(stored=False)),
                "stored": Out(self._signature(stored=True)),
                "written": Out(wiring.Signature({r.name.lower(): Out(1) for r in self._commands})),
            }
        )

    @property
    def _commands(self) -> list[Register]:
        registers = self.register_map.registers
        return [register for register in registers if register.writable and not register.stored]

    def _varies(self, register: Register, field: Field) -> bool:
        fixed = field.reset is not None and not field.writable
        return (
            field.readable and not fixed and f"{register.name}.{field.name}" not in self.constants
        )

    def _varying(self, register: Register, *, stored: bool) -> dict[str, int]:
        """The fields that are no constants, with their bits."""
        return {
            field.name: field.width
            for field in register.fields
            if field.stored == stored and self._varies(register, field)
        }

    def _signature(self, *, stored: bool) -> wiring.Signature:
        """A member for each register, and in it one for each such field, all of them outwards."""
        members = {}
        for register in self.register_map.registers:
            fields = self._varying(register, stored=stored)
            if fields:
                signature = wiring.Signature({name: Out(bits) for name, bits in fields.items()})
                members[register.name.lower()] = Out(signature)
        return wiring.Signature(members)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        selected = self._decode(self.bus.write_index)
        for register in self.register_map.registers:
            if not register.writable:
                continue
            write = self.bus.write & selected[register.name]
            if register.stored:
                self._store(m, register, write)
            else:
                m.d.comb += getattr(self.written, register.name.lower()).eq(write)
        m.d.comb += self.bus.write_allowed.eq(Cat(selected[r.name] for r in self._writable).any())
        self._read(m)
        return m

    @property
    def _writable(self) -> list[Register]:
        return [register for register in self.register_map.registers if register.writable]

    @property
    def _readable(self) -> list[Register]:
        return [register for register in self.register_map.registers if register.readable]

    def _decode(self, index: Value) -> dict[str, Value]:
        """Whether each register is the one at an index."""
        return {
            register.name: equals(index, register.address // WORD_BYTES)
            for register in self.register_map.registers
        }

    def _store(self, m: Module, register: Register, write: Value) -> None:
        varying = self._varying(register, stored=True)
        for field in (field for field in register.fields if field.name in varying):
            name = f"{register.name.lower()}_{field.name}"
            value = Signal(field.width, name=name, init=field.reset)
            with m.If(write):
                m.d.sync += value.eq(self.bus.write_data[field.low :][: field.width])
            m.d.comb += getattr(getattr(self.stored, register.name.lower()), field.name).eq(value)

    def _read(self, m: Module) -> None:
        index = self.bus.read_index
        selected = self._decode(index)
        words = [C(0, DATA_BITS)] * (1 << len(index))
        for register in self._readable:
            words[register.address // WORD_BYTES] = self._word(register)
        m.d.comb += [
            self.bus.read_allowed.eq(Cat(selected[r.name] for r in self._readable).any()),
            self.bus.read_data.eq(selected_word(words, index)),
        ]

    def _word(self, register: Register) -> Value:
        """What a register reads, with 0 between its fields."""
        parts: list[Value] = []
        at = 0
        for field in register.fields:
            parts += [C(0, field.low - at), self._value(register, field)]
            at = field.low + field.width
        return Cat(*parts, C(0, DATA_BITS - at))

    def _value(self, register: Register, field: Field) -> Value:
        if not self._varies(register, field):
            value = self.constants.get(f"{register.name}.{field.name}", field.reset or 0)
            return C(value & (1 << field.width) - 1, field.width)
        source = self.stored if field.stored else self.shown
        return getattr(getattr(source, register.name.lower()), field.name)
