"""Components of this project in an Amaranth design of one's own.

Each is made from a configuration and connected like any other component; nothing is emitted first.
"""

from __future__ import annotations

from amaranth.hdl import Module, Signal, signed
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.config import Config
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.systems.registry import SYSTEMS

_SUM_BITS = 32


class LaneSum(wiring.Component):
    """Adds up the mantissas of lane 0, of a core that is never held up.

    Members
    -------
    total : Signal(signed(32)), out
        Of every beat so far.
    """

    def __init__(self, config: Config) -> None:
        self.core = config.create()
        self.lane_bits = BeatLayout.of(config.parameters).lane_bits
        super().__init__({"total": Out(signed(_SUM_BITS))})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.core = core = self.core
        m.d.comb += core.en.eq(1)
        with m.If(core.valid):
            m.d.sync += self.total.eq(self.total + core.mantissa[: self.lane_bits].as_signed())
        return m


class TakenSum(wiring.Component):
    """The same of a stream, in which a beat waits until it is taken.

    Members
    -------
    take : Signal(1), in
        Takes a beat.
    total : Signal(signed(32)), out
        Of every beat taken.
    """

    def __init__(self, config: Config) -> None:
        self.beats = SYSTEMS["stream"].create(config)
        self.lane_bits = BeatLayout.of(config.parameters).lane_bits
        super().__init__({"take": In(1), "total": Out(signed(_SUM_BITS))})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.beats = beats = self.beats
        m.d.comb += beats.o.ready.eq(self.take)
        with m.If(beats.o.valid & beats.o.ready):
            mantissa = beats.o.payload.mantissa[: self.lane_bits]
            m.d.sync += self.total.eq(self.total + mantissa.as_signed())
        return m


class TwoPasses(wiring.Component):
    """The same of two passes over one perturbation: the next one, and that again.

    Both sums are equal, as a two-sided step needs it.

    Parameters
    ----------
    config : Config
        The generator.
    beats : int
        Of a perturbation.

    Members
    -------
    first, second : Signal(signed(32)), out
        The sum of each pass.
    done : Signal(1), out
        Both are over.
    """

    def __init__(self, config: Config, beats: int) -> None:
        self.sequencer = SYSTEMS["replay"].create(config)
        self.lane_bits = BeatLayout.of(config.parameters).lane_bits
        self.beats = beats
        sums = {name: Out(signed(_SUM_BITS)) for name in ("first", "second")}
        super().__init__({**sums, "done": Out(1)})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        m.submodules.sequencer = sequencer = self.sequencer
        command, beat = sequencer.command, sequencer.o
        asked, replayed = Signal(range(3), name="asked"), Signal(name="replayed")
        m.d.comb += [
            command.valid.eq(asked < 2),
            command.payload.length.eq(self.beats - 1),
            command.payload.replay.eq(asked[0]),
            beat.ready.eq(1),
        ]
        with m.If(command.valid & command.ready):
            m.d.sync += [asked.eq(asked + 1), replayed.eq(command.payload.replay)]
        with m.If(beat.valid):
            total = beat.payload.mantissa[: self.lane_bits].as_signed()
            with m.If(replayed):
                m.d.sync += [self.second.eq(self.second + total), self.done.eq(beat.payload.last)]
            with m.Else():
                m.d.sync += self.first.eq(self.first + total)
        return m
