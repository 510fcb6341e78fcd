"""What a core is made of, without making it: where that is known from its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Gates:
    """Functions of a few registers, and how many copies of all of them there are.

    Attributes
    ----------
    inputs : sequence of frozenset of int
        The registers that each function reads, by numbers that mean nothing outside.
    copies : int
        Copies that read registers of their own.
    """

    inputs: Sequence[frozenset[int]]
    copies: int = 1

    @property
    def widest(self) -> int:
        """The most inputs of a function, 0 where there is none."""
        return max(map(len, self.inputs), default=0)


@dataclass(frozen=True, kw_only=True)
class ReadMemory:
    """A memory that is only read, with a register behind each port.

    Attributes
    ----------
    words, bits : int
        Its depth, and the bits of a word that are not always the same.
    ports : int
        Addresses at which it is read at once.
    copies : int
        How many there are of this shape.
    """

    words: int
    bits: int
    ports: int = 1
    copies: int = 1


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """The parts of a core, from which its cost is worked out (`pezo_hw.synth.estimate`).

    Attributes
    ----------
    registers : int
        Flip-flops, but for those of memories.
    gates : sequence of Gates
        Logic of which every function is known.
    memories : sequence of ReadMemory
        What is stored.
    mapped_luts, mapped_sites : float
        Logic that was mapped once, for the `xcup` target, and is known by its count.
    toggles : float or None
        Transitions a cycle of what registers and gates give, every cycle enabled; None where only a
        simulation says.
    """

    registers: int
    gates: Sequence[Gates] = ()
    memories: Sequence[ReadMemory] = ()
    mapped_luts: float = 0
    mapped_sites: float = 0
    toggles: float | None = None


def maximal_toggles(bits: int) -> float:
    """Transitions a cycle of a bit that is a sum of some of a maximal LFSR's, over its orbit.

    The difference of two successive bits is such a sum again, and each is 1 in 2^(bits - 1) of
    2^bits - 1 cycles.

    Examples
    --------
    >>> from pezo_hw.generators.inventory import maximal_toggles
    >>> maximal_toggles(2), round(maximal_toggles(8), 5)
    (0.6666666666666666, 0.50196)
    """
    return (1 << (bits - 1)) / ((1 << bits) - 1)
