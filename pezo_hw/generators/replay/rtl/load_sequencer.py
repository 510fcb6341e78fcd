"""The order of events in a load, whatever is loaded."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Signal, Value
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from .load_check import LoadCheck
from .load_signature import LoadSignature

# A flip-flop a state instead of `m.FSM`, which numbers its states: what the outputs say (busy,
# hold, ready) is then a few flip-flops ored, with no state to decode before it, on paths that end
# in the core's enables. And a load that begins leaves every state at once, which is one gate in
# front of each flip-flop here, and a transition in every state there.
_STATES = ("staging", "sealing", "checking", "waiting", "storing", "applying", "effecting")


class LoadSequencer(wiring.Component):
    """Takes the words of a load, has them checked, waits for its moment, and lets it take effect.

    The words come in one or two parts, each with its check word behind it (`LoadCheck`). The first
    is staged, and checked when it is whole. A load of contents then has a second part, which is
    stored as it comes.

    Timing: ``clear`` is high in a cycle whose edge begins a load; it wins over everything else that
    the words or the check do in that cycle. In the first part ``load.data.ready`` is high from the
    next cycle on, until ``last`` is high as a word is taken, and then for the check word. In the
    cycle after the first one behind that with ``checked`` high, ``refused`` is high, or else
    ``hold``: no command is to be taken from then on, until ``done``. Once ``idle`` is high the
    second part is taken in the same way, with ``store`` high for every word but the check word, and
    checked once more; whoever stores it must see to it that no command is taken meanwhile. Then
    ``apply`` is high for one cycle, and in the cycle after the next one with ``idle`` high,
    ``done``. While only ``idle`` is missing for ``apply``, and from then on, ``begin`` has no
    effect, until ``done``. ``load.busy`` is low in the cycle of ``done`` or ``refused``. Reset wins
    over everything.

    Parameters
    ----------
    has_contents : bool
        Whether contents can be loaded; if not, such a load is refused in the cycle after ``begin``.
    stores : bool
        Whether contents have a second part; if not, their load is that of a phase.
    word_bits : int
        The bits of the widest word.

    Members
    -------
    load : LoadSignature, in
        The load; ``needed`` only goes through, to where it is known.
    clear : Signal(1), out
        See above.
    stage, store : Signal(1), out
        A word of the first or second part, not its check word, is taken at this edge.
    last : Signal(1), in
        The next word is the last one of its part, but for the check word.
    checked, acceptable : Signal(1), in
        What was staged has been looked at; it is good. Both stay while the second part is taken.
    idle : Signal(1), in
        A beat is there to be shown, and no command is under way.
    hold, apply : Signal(1), out
        See above.
    of_contents : Signal(1), out
        The load under way is one of contents that has a second part.
    finished : Signal(1), out
        ``load.done`` is high in the next cycle.
    """

    def __init__(self, *, has_contents: bool, word_bits: int, stores: bool = True) -> None:
        self.has_contents = has_contents
        self.stores = has_contents and stores
        self.word_bits = word_bits
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
        m.submodules.check = check = LoadCheck(self.word_bits)
        begins = Signal(name="begins")
        unknown = Signal(name="unknown")
        states = {name: Signal(name=name) for name in _STATES}
        ready = states["staging"] | states["storing"] | states["sealing"]
        effecting = states["applying"] | states["effecting"]
        m.d.comb += [
            begins.eq(load.begin & ~effecting),
            unknown.eq(0 if self.has_contents else load.contents),
            self.clear.eq(begins & ~unknown),
            load.data.ready.eq(ready),
            check.clear.eq(self.clear),
            check.take.eq(ready & load.data.valid),
            check.word.eq(load.data.payload),
            load.needed.eq(self.needed),
            load.busy.eq(Cat(*states.values()).any()),
            self.hold.eq(states["waiting"] | states["storing"] | effecting),
            self.stage.eq(states["staging"] & load.data.valid),
            self.store.eq(states["storing"] & load.data.valid),
            self.apply.eq(states["applying"] & self.idle),
            self.finished.eq(states["effecting"] & self.idle),
        ]
        with m.If(self.clear):
            m.d.sync += self.of_contents.eq(load.contents if self.stores else 0)
        self._advance(m, states, check.good, begins, unknown)
        return m

    def _advance(
        self, m: Module, states: dict[str, Signal], good: Signal, begins: Signal, unknown: Signal
    ) -> None:
        """One state at most is high; a load that begins leaves all of those that let it."""
        load, idle = self.load, self.idle
        done = {name: getattr(self, name) & self.last for name in ("stage", "store")}
        sealed = states["sealing"] & load.data.valid
        judged = states["checking"] & self.checked
        accepted = judged & self.acceptable & good
        released = states["waiting"] & idle
        stored = self._stored(m, done["store"])
        following = {
            "staging": states["staging"] & ~done["stage"],
            "sealing": done["stage"] | done["store"] | states["sealing"] & ~load.data.valid,
            "checking": sealed | states["checking"] & ~self.checked,
            "waiting": accepted & ~stored | states["waiting"] & ~idle,
            "storing": released & self.of_contents | states["storing"] & ~done["store"],
            "applying": released & ~self.of_contents
            | accepted & stored
            | states["applying"] & ~idle,
            "effecting": self.apply | states["effecting"] & ~idle,
        }
        m.d.sync += [states[name].eq(~begins & value) for name, value in following.items()]
        with m.If(self.clear):
            m.d.sync += states["staging"].eq(1)
        m.d.sync += [
            load.done.eq(self.finished),
            load.refused.eq(begins & unknown | ~begins & judged & ~accepted),
        ]

    def _stored(self, m: Module, done: Value) -> Value:
        """Whether the second part has come; it is checked next, and no third one follows."""
        if not self.stores:
            return C(0)
        stored = Signal(name="stored")
        with m.If(self.clear):
            m.d.sync += stored.eq(0)
        with m.Elif(done):
            m.d.sync += stored.eq(1)
        return stored
