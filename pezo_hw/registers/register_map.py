"""The registers of the AXI system, read from their description in SystemRDL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .register import Field, Meaning, Register

if TYPE_CHECKING:
    from systemrdl.node import AddrmapNode, FieldNode, RegNode
    from systemrdl.rdltypes.user_enum import UserEnum

DESCRIPTION = Path(__file__).with_name("pezo.rdl")
WORD_BYTES = 4


@dataclass(frozen=True, kw_only=True)
class RegisterMap:
    """Registers by address.

    Attributes
    ----------
    title, description : str
        What it is the map of, and what holds for all of its registers.
    registers : tuple of Register
        The lowest address first.
    """

    title: str
    description: str
    registers: tuple[Register, ...]

    def __getitem__(self, name: str) -> Register:
        """The register of that name; KeyError where there is none."""
        return {register.name: register for register in self.registers}[name]

    @property
    def index_bits(self) -> int:
        """Bits of a word address that tell the registers apart; all above them are 0."""
        return (self.registers[-1].address // WORD_BYTES).bit_length()


def compile_description() -> AddrmapNode:
    """The description as the SystemRDL compiler understands it, for its exporters."""
    # Takes a quarter of a second to import, and only the AXI system needs it.
    from systemrdl.compiler import RDLCompiler

    compiler = RDLCompiler()
    compiler.compile_file(str(DESCRIPTION))
    return compiler.elaborate().top


@cache
def register_map() -> RegisterMap:
    """The map, compiled once."""
    top = compile_description()
    return RegisterMap(
        title=str(top.get_property("name")),
        description=_paragraph(top.get_property("desc")),
        registers=tuple(_register(register) for register in top.registers()),
    )


def _register(node: RegNode) -> Register:
    return Register(
        name=node.inst_name,
        title=str(node.get_property("name")),
        description=_paragraph(node.get_property("desc")),
        address=node.absolute_address,
        fields=tuple(_field(field) for field in node.fields()),
    )


def _field(node: FieldNode) -> Field:
    clears = str(getattr(node.get_property("onwrite"), "name", "")) == "woclr"
    reset = node.get_property("reset")
    return Field(
        name=node.inst_name,
        description=_paragraph(node.get_property("desc")),
        low=node.low,
        width=node.width,
        readable=node.is_sw_readable,
        writable=node.is_sw_writable,
        reset=reset if isinstance(reset, int) else None,
        stored=node.is_sw_readable and node.is_sw_writable and not clears,
        clears=clears,
        meanings=_meanings(node.get_property("encode")),
    )


def _meanings(encoding: type[UserEnum] | None) -> tuple[Meaning, ...]:
    found = (
        Meaning(
            name=member.name,
            title=str(member.rdl_name or member.name),
            description=_paragraph(member.rdl_desc),
            value=member.value,
        )
        for member in encoding or ()
    )
    return tuple(sorted(found, key=lambda meaning: meaning.value))


def _paragraph(text: object) -> str:
    return " ".join(str(text or "").split())
