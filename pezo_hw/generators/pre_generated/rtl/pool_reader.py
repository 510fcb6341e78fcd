"""The reader of the pre-generation pool."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.memories import add_ram, add_rom
from ....rtl.row_counter import RowCounter
from ...replay.options import SystemOptions
from ..parameters import PreGeneratedParameters
from .drawn_start import DrawnStart
from .row_writer import RowGroups, row_write_members

_NO_OPTIONS = SystemOptions()
_TABLE_BITS = 6


def row_members(
    parameters: PreGeneratedParameters, options: SystemOptions
) -> dict[str, wiring.Member]:
    """The members that loading adds to a reader of rows, and to the core around it."""
    members: dict[str, wiring.Member] = {"draw": In(1)} if parameters.draws else {}
    if not options.loads:
        return members
    members |= {"jump": In(1), "load_address": In(parameters.address_bits)}
    if options.loads_contents:
        groups = row_write_members(RowGroups.of(parameters), parameters.address_bits)
        members |= {"reread": In(1), "writes": In(wiring.Signature(groups))}
    return members


class PoolReader(wiring.Component):
    """Reads the pool row by row, L numbers a cycle, round and round.

    L divides N, so every wrap falls on a row boundary and no rotator is needed. Row t lies at the
    address that `AddressSequence` gives it.

    Timing: row 0 after the first enabled clock edge that follows a reset (latency 1), then a new
    row at each. With ``en`` low everything keeps its value. Reset wins over ``en``; it restarts the
    address, and ``mantissa`` is undefined until the next enabled edge. A pool of a single row has
    no memory: its row is constant.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        Gives the pool; its storage must be ``"rows"``.
    rewinds : bool
        Whether it can go back to a row.
    options : SystemOptions
        What can be loaded, with ``rewinds``.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    mantissa : Signal(L * b), out
        The numbers of a row, lane 0 lowest.
    mark, rewind : Signal(1), in
        With ``rewinds`` only: ``mark`` (while ``en`` is low) marks the row shown, reset row 0;
        ``rewind`` has the row marked be the one of the next enabled edge.
    draw : Signal(1), in
        With ``rewinds`` and drawn starts: as `CopyReader` has it.
    jump, load_address : Signal, in
        Where anything can be loaded: ``jump`` with ``rewind`` marks the row at ``load_address``
        first.
    reread : Signal(1), in
        Where contents can be loaded: with ``rewind`` the row shown is the next one, not the marked.
    writes : Signature, in
        As ``reread``: writes a row's groups, see `RowWriter`, whatever ``en`` is.
    """

    def __init__(
        self,
        parameters: PreGeneratedParameters,
        *,
        rewinds: bool = False,
        options: SystemOptions = _NO_OPTIONS,
    ) -> None:
        self.parameters = parameters
        self.rewinds = rewinds
        self.options = options
        pins = {"en": In(1), "mantissa": Out(parameters.lanes * parameters.width)}
        if rewinds:
            pins |= {"mark": In(1), "rewind": In(1)} | row_members(parameters, options)
        super().__init__(pins)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        words = self._memory_words()
        if len(words) == 1:
            m.d.comb += self.mantissa.eq(C(words[0], len(self.mantissa)))
            return m
        sequence = self.parameters.address_sequence
        m.submodules.row_counter = counter = RowCounter(sequence, loads=self.rewinds)
        m.d.comb += counter.en.eq(self.en)
        if self.options.loads_contents:
            read = self._read_groups(m, words, counter.address)
        else:
            read = add_rom(
                m,
                "pool",
                width=len(self.mantissa),
                contents=words,
                address=counter.address,
                en=self.en,
            )
        m.d.comb += self.mantissa.eq(read)
        if self.rewinds and self.parameters.draws:
            self._draw(m, counter)
        elif self.rewinds:
            self._keep_marks(m, counter)
        return m

    def _keep_marks(self, m: Module, counter: RowCounter) -> None:
        shown = Signal(counter.address.shape(), name="shown")
        marked = Signal(counter.address.shape(), name="marked")
        m.d.comb += [counter.load.eq(self.rewind), counter.start.eq(marked)]
        with m.If(self.en):
            m.d.sync += shown.eq(counter.address)
        with m.If(self.mark):
            m.d.sync += marked.eq(shown)
        if self.options.loads:
            with m.If(self.jump):
                m.d.comb += counter.start.eq(self.load_address)
                m.d.sync += marked.eq(self.load_address)
        if self.options.loads_contents:
            with m.If(self.reread):
                m.d.comb += counter.start.eq(shown)

    def _draw(self, m: Module, counter: RowCounter) -> None:
        m.submodules.drawn_start = start = DrawnStart(len(counter.address), 0, self._jumped)
        m.d.comb += [start.mark.eq(self.mark), start.draw.eq(self.draw)]
        m.d.comb += counter.load.eq(self.rewind | self.draw)
        m.d.comb += counter.start.eq(start.chosen)
        if self.options.loads:
            m.d.comb += [start.load.eq(self.jump), start.start.eq(self.load_address)]
        if self.options.loads_contents:
            with m.If(self.reread):
                m.d.comb += counter.start.eq(start.following)

    def _jumped(self, address: Value) -> Value:
        """Each counter further by the jump, modulo its own modulus."""
        sequence, low, fields = self.parameters.address_sequence, 0, []
        for modulus, bits in zip(sequence.moduli, sequence.field_bits, strict=True):
            more = self.parameters.jump % modulus
            fields.append(_plus(address[low : low + bits], more, modulus))
            low += bits
        return Cat(*fields)

    def _read_groups(self, m: Module, words: list[int], address: Value) -> Value:
        """The pool in memories that are written one by one."""
        groups = RowGroups.of(self.parameters)
        columns = zip(*map(groups.cut, words), strict=True)
        parts = [
            add_ram(
                m,
                f"pool_{index}",
                width=size * groups.width,
                contents=column,
                address=address,
                en=self.en,
                write=getattr(self.writes, f"group_{index}"),
            )
            for index, (size, column) in enumerate(zip(groups.sizes, columns, strict=True))
        ]
        return Cat(*parts)

    def _memory_words(self) -> list[int]:
        """One word a row, each row at its address; words that no row reaches are 0."""
        sequence = self.parameters.address_sequence
        rows = self.parameters.quantised.mantissas.reshape(sequence.rows, -1).tolist()
        words = [0] * sequence.depth
        for row, numbers in enumerate(rows):
            words[sequence.address_of(row)] = self._word(numbers)
        return words

    def _word(self, numbers: list[int]) -> int:
        width = self.parameters.width
        mask = (1 << width) - 1
        return sum((number & mask) << (lane * width) for lane, number in enumerate(numbers))


def _plus(counter: Value, more: int, modulus: int) -> Value:
    """The sum modulo ``modulus``: a look-up table for each bit, where there is one of that size."""
    bits = len(counter)
    if bits > _TABLE_BITS:
        total = counter + C(more, bits)
        return Mux(total >= modulus, total - modulus, total)[:bits]
    sums = [(value + more) % modulus for value in range(1 << bits)]
    tables = (sum((x >> bit & 1) << i for i, x in enumerate(sums)) for bit in range(bits))
    return Cat(*(C(table, len(sums)).bit_select(counter, 1) for table in tables))
