"""The reader of a pool that is stored in copies."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ....rtl.functions import linear_map
from ....rtl.shared_memory import add_shared_memory
from ...replay.options import SystemOptions
from ..copies import Copies
from ..parameters import PreGeneratedParameters
from .copy_address import CopyAddress
from .copy_writer import copy_write_members
from .count_address import CountAddress
from .drawn_start import DrawnStart
from .shift_address import ShiftAddress

_NO_OPTIONS = SystemOptions()


class CopyReader(wiring.Component):
    """Reads L numbers of the pool a cycle, round and round, from any of them on.

    Lane ``port * C + c`` is what copy c reads at its port, see `Copies`: no rotator is needed,
    since every copy can be read at every place.

    Timing: cycle 0 after the first enabled clock edge that follows a reset (latency 1), then a new
    cycle at each. With ``en`` low everything keeps its value, but for what the other members say.
    Reset wins over all; it restarts the address, and ``mantissa`` is undefined until the next
    enabled edge.

    Parameters
    ----------
    parameters : PreGeneratedParameters
        Gives the pool; its storage must be ``"copies"``.
    rewinds : bool
        Whether it can go back to where a perturbation began.
    options : SystemOptions
        What can be loaded, with ``rewinds``.

    Members
    -------
    en : Signal(1), in
        Clock enable.
    mantissa : Signal(L * b), out
        The numbers of a cycle, lane 0 lowest.
    mark, rewind : Signal(1), in
        With ``rewinds`` only: ``mark`` marks what is shown after the clock edge, reset cycle 0;
        ``rewind`` (not in the cycle after ``mark``) has what is marked be shown at the next enabled
        edge.
    back, unused : Signal, in
        With ``rewinds`` and leftover ``"number"``: ``back`` has the next enabled edge show what
        begins ``unused`` numbers further back than what it would have shown, whatever ``en`` is.
    draw : Signal(1), in
        With ``rewinds`` and drawn starts: the next enabled edge shows the start that follows, see
        `DrawnStart`, whatever ``en`` is; ``mark`` then marks that.
    jump, load_address : Signal, in
        Where anything can be loaded: ``jump`` with ``rewind`` marks the cycle that begins at
        ``load_address`` first.
    writes : Signature, in
        Where contents can be loaded: writes the copies, see `CopyWriter`, whose ``jump`` and
        ``back`` are ``write_jump`` and ``write_back`` here; ``en``, ``back`` and ``rewind`` are
        low meanwhile, and ``unused``, where there is one, is 1 with ``write_back``.
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
            pins |= {"mark": In(1), "rewind": In(1)} | copy_members(parameters, options)
        super().__init__(pins)

    def elaborate(self, platform: object) -> Module:
        m = Module()
        copies, contents = self.parameters.copies, self.options.loads_contents
        most_unused = self.parameters.most_unused if self.rewinds else 0
        m.submodules.address = address = create_address(
            copies, loads=self.rewinds, most_back=max(most_unused, int(contents))
        )
        m.d.comb += address.en.eq(self.en)
        m.d.comb += self.mantissa.eq(self._read(m, address))
        if self.rewinds and self.parameters.draws:
            self._draw(m, address)
        elif self.rewinds:
            self._keep_mark(m, address)
        if most_unused:
            m.d.comb += [address.back.eq(self.back), address.numbers.eq(self.unused)]
        if contents:
            self._follow_writes(m, address)
        return m

    def _read(self, m: Module, address: CopyAddress) -> Value:
        """What the copies show: all of the first port, then all of the second."""
        copies, width = self.parameters.copies, self.parameters.width
        mask = (1 << width) - 1
        addresses = [getattr(address, f"address_{port}") for port in range(copies.ports)]
        read: list[list[Value]] = [
            add_shared_memory(
                m,
                f"pool_{copy}",
                width=width,
                contents=[number & mask for number in words],
                addresses=addresses,
                en=self.en,
                write=getattr(self.writes, f"copy_{copy}") if self.options.loads_contents else None,
            )
            for copy, words in enumerate(copies.words(self.parameters.quantised.mantissas))
        ]
        return Cat(*(Cat(*of_port) for of_port in zip(*read, strict=True)))

    def _keep_mark(self, m: Module, address: CopyAddress) -> None:
        order = self.parameters.copies.order
        shown = Signal(order.bits, name="shown")
        marked = Signal(order.bits, name="marked", init=order.first)
        marks = Signal(name="marks")
        m.d.comb += [address.load.eq(self.rewind), address.start.eq(marked)]
        m.d.sync += marks.eq(self.mark)
        with m.If(self.en):
            m.d.sync += shown.eq(address.address_0)
        # What is marked may only now be read: a command may come in the cycle that goes back.
        with m.If(marks):
            m.d.sync += marked.eq(shown)
        if self.options.loads:
            with m.If(self.jump):
                m.d.comb += address.start.eq(self.load_address)
                m.d.sync += marked.eq(self.load_address)

    def _draw(self, m: Module, address: CopyAddress) -> None:
        order = self.parameters.copies.order
        m.submodules.drawn_start = start = DrawnStart(order.bits, order.first, self._jumped)
        m.d.comb += [start.mark.eq(self.mark), start.draw.eq(self.draw)]
        m.d.comb += address.load.eq(self.rewind | self.draw)
        m.d.comb += address.start.eq(start.chosen)
        if self.options.loads:
            m.d.comb += [start.load.eq(self.jump), start.start.eq(self.load_address)]

    def _jumped(self, address: Value) -> Value:
        p, order = self.parameters, self.parameters.copies.order
        numbers = p.jump if p.continues else p.jump * p.lanes
        if order.is_linear:
            return linear_map(order.ahead(numbers), address)
        total = address + C(order.place_of(numbers), order.bits)
        return Mux(total >= order.pool, total - order.pool, total)[: order.bits]

    def _follow_writes(self, m: Module, address: CopyAddress) -> None:
        """The address goes where the copies are written."""
        with m.If(self.write_jump):
            m.d.comb += [address.load.eq(1), address.start.eq(self.load_address)]
        with m.If(self.write_back):
            m.d.comb += address.back.eq(1)
        if not self.parameters.most_unused:
            m.d.comb += address.numbers.eq(1)


def create_address(copies: Copies, *, loads: bool = False, most_back: int = 0) -> CopyAddress:
    """What counts through the places of copies."""
    kind = ShiftAddress if copies.order.is_linear else CountAddress
    return kind(copies.order, copies.ports, loads=loads, most_back=most_back)


def copy_members(
    parameters: PreGeneratedParameters, options: SystemOptions
) -> dict[str, wiring.Member]:
    """The members that going back and loading add to a reader, and to the core around it."""
    members: dict[str, wiring.Member] = {}
    if parameters.most_unused:
        members |= {"back": In(1), "unused": In(parameters.most_unused.bit_length())}
    if parameters.draws:
        members |= {"draw": In(1)}
    if options.loads:
        members |= {"jump": In(1), "load_address": In(parameters.address_bits)}
    if options.loads_contents:
        writes = wiring.Signature(copy_write_members(parameters.copies, parameters.width))
        members |= {"write_jump": In(1), "write_back": In(1), "writes": In(writes)}
    return members
