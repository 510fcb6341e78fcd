"""The order of events in a load, whatever is loaded."""

from __future__ import annotations

from amaranth.hdl import Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .load_signature import LoadSignature


class LoadSequencer(wiring.Component):
    """Takes the words of a load, has them checked, waits for its moment, and lets it take effect.

    The words come in one or two parts. The first is staged, and checked when it is whole. A load of
    contents then has a second part, which is stored as it comes.

    Timing: ``clear`` is high in a cycle whose edge begins a load; it wins over everything else that
    the words or the check do in that cycle. In the first part ``load.data.ready`` is high from the
    next cycle on, until ``last`` is high as a word is taken. The cycle after ``checked`` rises,
    ``refused`` is high, or else ``hold``: no command is to be taken from then on, until ``done``.
    Once ``idle`` is high the second part is taken in the same way, with ``store`` high for every
    word; then ``apply`` is high for one cycle, and in the cycle after the next one with ``idle``
    high, ``done``. From ``apply`` on ``begin`` has no effect, until ``done``. ``load.busy`` is low
    in the cycle of ``done`` or ``refused``. Reset wins over everything.

    Parameters
    ----------
    has_contents : bool
        Whether contents can be loaded; if not, such a load is refused in the cycle after ``begin``.

    Members
    -------
    load : LoadSignature, in
        The load; ``needed`` only goes through, to where it is known.
    clear : Signal(1), out
        See above.
    stage, store : Signal(1), out
        A word of the first or second part is taken at this edge.
    last : Signal(1), in
        The next word is the last one of its part.
    checked, acceptable : Signal(1), in
        What was staged has been looked at; it is good.
    idle : Signal(1), in
        A beat is there to be shown, and no command is under way.
    hold, apply : Signal(1), out
        See above.
    of_contents : Signal(1), out
        The load under way is one of contents.
    finished : Signal(1), out
        ``load.done`` is high in the next cycle.
    """

    def __init__(self, *, has_contents: bool) -> None:
        self.has_contents = has_contents
        inputs = ("last", "checked", "acceptable", "idle", "needed")
        outputs = ("clear", "stage", "store", "hold", "apply", "of_contents", "finished")
        super().__init__(
            {
                "load": In(LoadSignature()),
                **{name: In(1) for name in inputs},
                **{name: Out(1) for name in outputs},
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        load = self.load
        begins = Signal(name="begins")
        unknown = Signal(name="unknown")
        m.d.comb += [
            begins.eq(load.begin),
            unknown.eq(0 if self.has_contents else load.contents),
            self.clear.eq(begins & ~unknown),
            load.needed.eq(self.needed),
            load.busy.eq(1),
            self.hold.eq(0),
        ]
        m.d.sync += [load.done.eq(self.finished), load.refused.eq(begins & unknown)]
        with m.FSM(name="load_state"):
            self._take(m, begins, unknown)
            self._wait(m, begins, unknown)
            self._take_effect(m, begins)
        with m.If(self.clear):
            m.d.sync += self.of_contents.eq(load.contents if self.has_contents else 0)
        return m

    def _take(self, m: Module, begins: Signal, unknown: Signal) -> None:
        """The first part and its check."""
        load = self.load
        with m.State("IDLE"):
            m.d.comb += load.busy.eq(0)
            self._begin(m, begins, unknown)
        with m.State("STAGE"):
            m.d.comb += [load.data.ready.eq(1), self.stage.eq(load.data.valid)]
            with m.If(load.data.valid & self.last):
                m.next = "CHECK"
            self._begin(m, begins, unknown)
        with m.State("CHECK"):
            with m.If(self.checked & self.acceptable):
                m.next = "WAIT"
            with m.Elif(self.checked):
                m.next = "IDLE"
                m.d.sync += load.refused.eq(~begins | unknown)
            self._begin(m, begins, unknown)

    def _wait(self, m: Module, begins: Signal, unknown: Signal) -> None:
        """Until no command is under way; then the second part."""
        load = self.load
        with m.State("WAIT"):
            m.d.comb += self.hold.eq(1)
            with m.If(self.idle & self.of_contents):
                m.next = "STORE"
            with m.Elif(self.idle):
                m.next = "APPLY"
            self._begin(m, begins, unknown)
        with m.State("STORE"):
            m.d.comb += [load.data.ready.eq(1), self.store.eq(load.data.valid), self.hold.eq(1)]
            with m.If(load.data.valid & self.last):
                m.next = "APPLY"
            self._begin(m, begins, unknown)

    def _take_effect(self, m: Module, begins: Signal) -> None:
        load = self.load
        with m.State("APPLY"):
            m.d.comb += [self.apply.eq(self.idle), self.hold.eq(1), self.clear.eq(0)]
            m.d.sync += load.refused.eq(0)
            with m.If(self.idle):
                m.next = "EFFECT"
        with m.State("EFFECT"):
            m.d.comb += [self.finished.eq(self.idle), self.hold.eq(1), self.clear.eq(0)]
            m.d.sync += load.refused.eq(0)
            with m.If(self.idle):
                m.next = "IDLE"

    def _begin(self, m: Module, begins: Signal, unknown: Signal) -> None:
        """Leaves a state for a load that begins; written last in the state, it wins."""
        with m.If(begins):
            m.next = "STAGE"
            with m.If(unknown):
                m.next = "IDLE"
