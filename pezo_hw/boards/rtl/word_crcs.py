"""A CRC-32 of every word of a beat."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal, Value
from amaranth.lib import crc, wiring
from amaranth.lib.crc import catalog
from amaranth.lib.wiring import In, Out

from ...algebra.matrix import BitMatrix
from ..parameters import WORD_BITS

_ALGORITHM = catalog.CRC32_ISO_HDLC
# Without initial value and final XOR the CRC of a word is a linear function of it.
_LINEAR_STEP = crc.Algorithm(
    crc_width=WORD_BITS,
    polynomial=_ALGORITHM.polynomial,
    initial_crc=0,
    reflect_input=True,
    reflect_output=True,
    xor_output=0,
)(WORD_BITS)


class WordCRCs(wiring.Component):
    """The CRC-32 of each 32-bit word of the beats, as zlib counts it.

    One CRC of a whole beat would XOR hundreds of bits in a cycle. A CRC of its own for every word
    XORs 34 at most, whatever the width of a beat, and leaves 32 bits of evidence a word.

    Parallel step: the register becomes M (register ^ word), where M is the CRC of a word that is
    alone, found by running the algorithm on unit vectors. Register and word are bit-reflected, as
    zlib has them; the initial value is all ones, and `crcs` is the register inverted.

    Timing: a beat taken at a clock edge where ``valid`` is high is part of ``crcs`` from then on.
    Reset (synchronous, wins over ``valid``) starts again: ``crcs`` is zero, the CRC of nothing.

    Source: CRC-32/ISO-HDLC of the reveng catalogue, which is IEEE 802.3's and zlib's.

    Parameters
    ----------
    words : int
        Words of a beat, at least 1.

    Members
    -------
    valid : Signal(1), in
        Whether ``beat`` is one.
    beat : Signal(32 * words), in
        Word 0 lowest.
    crcs : Signal(32 * words), out
        One CRC a word, in the same order.
    """

    def __init__(self, words: int) -> None:
        self.words = words
        bits = WORD_BITS * words
        super().__init__({"valid": In(1), "beat": In(bits), "crcs": Out(bits)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        step = BitMatrix.of_linear_step(lambda word: _LINEAR_STEP.compute([word]), WORD_BITS)
        bits = WORD_BITS * self.words
        state = Signal(bits, name="state", init=(1 << bits) - 1)
        mixed = Signal(bits, name="mixed")
        m.d.comb += [mixed.eq(state ^ self.beat), self.crcs.eq(~state)]
        steps = [
            _selection(mixed.word_select(word, WORD_BITS), row).xor()
            for word in range(self.words)
            for row in step.rows
        ]
        with m.If(self.valid):
            m.d.sync += state.eq(Cat(steps))
        return m


def _selection(value: Value, mask: int) -> Value:
    """The bits of a value that a mask names."""
    return Cat(value[bit] for bit in range(WORD_BITS) if mask >> bit & 1)
