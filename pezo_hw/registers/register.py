"""A register and its fields, as the hardware and the documentation need to know them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a field says with one of its values.

    Attributes
    ----------
    name, title, description : str
        Its name in software, as others write it, and what it means.
    value : int
        The value.
    """

    name: str
    title: str
    description: str
    value: int


@dataclass(frozen=True, kw_only=True)
class Field:
    """Neighbouring bits of a register with a meaning of their own.

    Attributes
    ----------
    name, description : str
        What it is called, and what it means, in one paragraph.
    low, width : int
        Its lowest bit and how many it has.
    readable, writable : bool
        By software.
    reset : int or None
        Its value after a reset; None where the hardware gives it.
    stored : bool
        Whether it keeps what software writes until the next write.
    clears : bool
        Whether writing a one clears a bit.
    meanings : tuple of Meaning
        Its values, the lowest first, where each has a name; all others say nothing known.
    """

    name: str
    description: str
    low: int
    width: int
    readable: bool
    writable: bool
    reset: int | None
    stored: bool
    clears: bool
    meanings: tuple[Meaning, ...] = ()

    @property
    def access(self) -> str:
        """``"r"``, ``"w"``, ``"rw"``, or ``"rw1c"`` where writing a one clears."""
        return "r" * self.readable + "w" * self.writable + "1c" * self.clears


@dataclass(frozen=True, kw_only=True)
class Register:
    """32 bits at an address.

    Attributes
    ----------
    name, title, description : str
        Its name in software, its name in words, and what else there is to say.
    address : int
        In bytes; a multiple of 4.
    fields : tuple of Field
        The lowest first. Bits of none read 0 and ignore what is written.
    """

    name: str
    title: str
    description: str
    address: int
    fields: tuple[Field, ...]

    @property
    def readable(self) -> bool:
        """Whether software may read it."""
        return any(field.readable for field in self.fields)

    @property
    def writable(self) -> bool:
        """Whether software may write it."""
        return any(field.writable for field in self.fields)

    @property
    def stored(self) -> bool:
        """Whether it has a field that keeps what software writes."""
        return any(field.stored for field in self.fields)

    @property
    def stored_bits(self) -> int:
        """A mask of the bits that keep what software writes."""
        return sum(((1 << field.width) - 1) << field.low for field in self.fields if field.stored)

    def word(self, **values: int) -> int:
        """The register's 32 bits from the value of each field named; the others are 0."""
        fields = {field.name: field for field in self.fields}
        return sum(
            (value & (1 << fields[name].width) - 1) << fields[name].low
            for name, value in values.items()
        )

    @property
    def reset_word(self) -> int:
        """What it reads after a reset, with 0 in the bits that the hardware gives."""
        return self.word(**{field.name: field.reset or 0 for field in self.fields})
