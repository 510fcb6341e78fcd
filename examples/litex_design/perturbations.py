"""The beats of a configuration as a LiteX stream, through `Instance`, and a design around it.

It needs LiteX (``pip install litex migen``), which nothing else here does.

Example: python -m examples.litex_design.perturbations paper-roberta build/litex
"""

from __future__ import annotations

import sys
from pathlib import Path

from litex.gen import LiteXModule
from litex.gen.fhdl.verilog import convert
from litex.soc.interconnect import stream
from migen import ClockDomain, ClockSignal, If, Instance, ResetSignal, Signal

from pezo_hw import load
from pezo_hw.config import Config
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.tools.files import write_files

_SUM_BITS = 32


class Perturbations(LiteXModule):
    """A beat whenever one is taken, beginning with cycle 0 after a reset of the domain ``sys``.

    Parameters
    ----------
    config : Config
        What it generates.

    Attributes
    ----------
    source : stream.Endpoint
        Fields ``mantissa``, lane 0 lowest, and ``code``, where there is one.
    core : EmittedCore
        The Verilog: a file, which ``platform.add_source`` is to be given.
    """

    def __init__(self, config: Config) -> None:
        # The contents of memories in the Verilog: one file, wherever the design is built.
        self.core: EmittedCore = emit_core(config, system="stream", inline_memories=True)
        fields = BeatLayout.of(config.parameters).fields
        self.source = stream.Endpoint(list(fields.items()))
        # The fields are the payload's bits in the same order.
        payload = Signal(sum(fields.values()))
        self.comb += self.source.payload.raw_bits().eq(payload)
        self.specials += Instance(
            self.core.top,
            i_clk=ClockSignal(),
            i_rst=ResetSignal(),
            o_o__payload=payload,
            o_o__valid=self.source.valid,
            i_o__ready=self.source.ready,
        )


class TakenSum(LiteXModule):
    """Adds up the mantissas of lane 0 of the beats that it is let take.

    Attributes
    ----------
    take : Signal(1), in
        Takes a beat.
    total : Signal(32), out
        Their sum, signed.
    """

    def __init__(self, config: Config) -> None:
        self.take, self.total = Signal(name="take"), Signal((_SUM_BITS, True), name="total")
        self.beats = beats = Perturbations(config)
        lane = Signal((BeatLayout.of(config.parameters).lane_bits, True))
        self.comb += [beats.source.ready.eq(self.take), lane.eq(beats.source.mantissa[: len(lane)])]
        self.sync += If(beats.source.valid & beats.source.ready, self.total.eq(self.total + lane))


def verilog_files(config: Config) -> dict[str, str]:
    """The design and the core in it, by the names of their files; the top is ``taken_sum``."""
    design = TakenSum(config)
    # In a system on a chip its clocks and resets are the platform's.
    design.cd_sys = domain = ClockDomain("sys")
    pins = {domain.clk, domain.rst, design.take, design.total}
    text = str(convert(design, pins, name="taken_sum"))
    core = design.beats.core
    return {"taken_sum.v": text, f"{core.top}.v": core.files[f"{core.top}.v"]}


if __name__ == "__main__":
    write_files(Path(sys.argv[2]), verilog_files(load(sys.argv[1])))
