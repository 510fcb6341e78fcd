"""A core that checks itself over its whole joint orbit."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, ResetInserter, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from ...numbers.beat_layout import BeatLayout
from ...systems.replay.rtl.beat_counter import BeatCounter
from ..parameters import WORD_BITS, SelfTestParameters, word_count
from .word_crcs import WordCRCs


class SelfTest(wiring.Component):
    """Runs a core through its joint orbit once and says whether every beat was the golden one.

    The core runs without a stall. Every beat, mantissas and code, goes through a register into
    `WordCRCs`; after the last one the CRCs are compared with constants that the golden model gives.

    Timing: a run begins at power-up, without a reset, and again whenever ``start`` has been high.
    The verdict, ``passed`` or ``failed``, rises orbit + latency + 3 clock edges after power-up, or
    after the last edge with ``start`` high, and stays; ``running`` falls with it. While ``start``
    is high (it may bounce) both verdicts are low from the next edge on. ``rst`` (synchronous) does
    the same and also clears the heartbeat. A core that never shows a beat is never done.

    With ``flip`` high when beat 0 is taken, bit 0 of that beat is inverted on its way into the
    CRC, and ``injected`` is high until the next run: a verdict that must be ``failed``.

    Parameters
    ----------
    parameters : SelfTestParameters
        The generator and its golden CRCs.

    Members
    -------
    start : Signal(1), in
        High: back to the beginning, in ``clk``'s domain like every input.
    flip : Signal(1), in
        Whether to spoil the next run.
    running, passed, failed : Signal(1), out
        Exactly one of them is high.
    injected : Signal(1), out
        Whether this run was spoilt.
    heartbeat : Signal(1), out
        Changes every 2^(heartbeat_bits - 1) clock cycles, whatever the inputs are.
    """

    def __init__(self, parameters: SelfTestParameters) -> None:
        self.parameters = parameters
        self.core = parameters.generator.create()
        super().__init__(
            {
                "start": In(1),
                "flip": In(1),
                "running": Out(1, init=1),
                "passed": Out(1),
                "failed": Out(1),
                "injected": Out(1),
                "heartbeat": Out(1),
            }
        )

    def elaborate(self, platform: object) -> Module:
        m = Module()
        restart = Signal(name="restart")
        m.d.comb += restart.eq(self.start)
        m.submodules.run = ResetInserter(restart)(self._run())
        ticks = Signal(self.parameters.heartbeat_bits, name="ticks")
        m.d.sync += ticks.eq(ticks + 1)
        m.d.comb += self.heartbeat.eq(ticks[-1])
        return m

    def _run(self) -> Module:
        """One run, from its reset to the verdict."""
        m = Module()
        words = word_count(self.parameters.generator)
        m.submodules.core = core = self.core
        m.submodules.word_crcs = crcs = WordCRCs(words)
        take, last = self._count(m)
        m.d.comb += core.en.eq(1)

        fields = BeatLayout.of(self.parameters.generator.parameters).fields
        beat = Signal(words * WORD_BITS, name="beat")
        first = Signal(name="first", init=1)
        spoil = Signal(name="spoil")
        m.d.comb += [spoil.eq(take & first & self.flip), crcs.beat.eq(beat)]
        m.d.sync += [
            beat.eq(Cat(getattr(core, field) for field in fields) ^ spoil),
            crcs.valid.eq(take),
        ]
        with m.If(take):
            m.d.sync += first.eq(0)
        with m.If(spoil):
            m.d.sync += self.injected.eq(1)
        self._judge(m, crcs, last)
        return m

    def _count(self, m: Module) -> tuple[Signal, Signal]:
        """Whether a beat of the orbit is taken at this edge, and whether it is the last one."""
        beats_less_one = self.parameters.generator.parameters.joint_orbit - 1
        bits = max(2, beats_less_one.bit_length())
        m.submodules.counter = counter = BeatCounter(bits, low_bits=bits // 2)
        started = Signal(name="started")
        take = Signal(name="take")
        last = Signal(name="last")
        # No core shows a beat before its first edge, so none is missed while the counter starts.
        m.d.sync += started.eq(1)
        m.d.comb += [
            counter.length.eq(beats_less_one),
            counter.start.eq(~started),
            take.eq(counter.busy & self.core.valid),
            counter.take.eq(take),
            last.eq(take & counter.last),
        ]
        return take, last

    def _judge(self, m: Module, crcs: WordCRCs, last: Signal) -> None:
        """Compare when the last beat has gone through the beat's register and the CRCs'."""
        agree = Signal(crcs.words, name="agree")
        done = Signal(3, name="done")
        m.d.sync += [
            done.eq(Cat(last, done[:-1])),
            agree.eq(
                Cat(
                    crcs.crcs.word_select(word, WORD_BITS) == C(crc, WORD_BITS)
                    for word, crc in enumerate(self.parameters.expected)
                )
            ),
        ]
        with m.If(done[-1]):
            m.d.sync += [
                self.running.eq(0),
                self.passed.eq(agree.all()),
                self.failed.eq(~agree.all()),
            ]
