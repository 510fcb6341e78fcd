"""The order of events in a load, whatever is loaded."""

from __future__ import annotations

from amaranth.hdl import Cat, Module, Signal
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
        names = ("staging", "checking", "waiting", "storing", "applying", "effecting")
        states = {name: Signal(name=name) for name in names}
        effecting = states["applying"] | states["effecting"]
        m.d.comb += [
            begins.eq(load.begin & ~effecting),
            unknown.eq(0 if self.has_contents else load.contents),
            self.clear.eq(begins & ~unknown),
            load.data.ready.eq(states["staging"] | states["storing"]),
            load.needed.eq(self.needed),
            load.busy.eq(Cat(*states.values()).any()),
            self.hold.eq(states["waiting"] | states["storing"] | effecting),
            self.stage.eq(states["staging"] & load.data.valid),
            self.store.eq(states["storing"] & load.data.valid),
            self.apply.eq(states["applying"] & self.idle),
            self.finished.eq(states["effecting"] & self.idle),
        ]
        with m.If(self.clear):
            m.d.sync += self.of_contents.eq(load.contents if self.has_contents else 0)
        self._advance(m, states, begins, unknown)
        return m

    def _advance(
        self, m: Module, states: dict[str, Signal], begins: Signal, unknown: Signal
    ) -> None:
        """One state at most is high; a load that begins leaves all of those that let it."""
        load, idle = self.load, self.idle
        whole = {name: getattr(self, name) & self.last for name in ("stage", "store")}
        judged = states["checking"] & self.checked
        moves = states["waiting"] & idle
        following = {
            "staging": states["staging"] & ~whole["stage"],
            "checking": whole["stage"] | states["checking"] & ~self.checked,
            "waiting": judged & self.acceptable | states["waiting"] & ~idle,
            "storing": moves & self.of_contents | states["storing"] & ~whole["store"],
            "applying": moves & ~self.of_contents | whole["store"] | states["applying"] & ~idle,
            "effecting": self.apply | states["effecting"] & ~idle,
        }
        m.d.sync += [states[name].eq(~begins & value) for name, value in following.items()]
        with m.If(self.clear):
            m.d.sync += states["staging"].eq(1)
        m.d.sync += [
            load.done.eq(self.finished),
            load.refused.eq(begins & unknown | ~begins & judged & ~self.acceptable),
        ]
