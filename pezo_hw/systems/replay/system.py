"""Perturbations on command as a system."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ...config import Config
from ..stream.system import STREAM_PINS
from ..system import (
    PERTURBATION,
    ActivityDriver,
    System,
    VerilogTestbench,
    check_beat,
    describe_fields,
    testbench_lengths,
)
from .bench import ReplayBench
from .parameters import ReplayParameters

if TYPE_CHECKING:
    from .rtl.sequencer import ReplaySequencer

_HERE = Path(__file__).parent


class ReplaySystem(System):
    """A core that goes back, in a `ReplaySequencer`."""

    name = "replay"
    options = ("start", "count_bits", "load", "health")
    pins: ClassVar[Mapping[str, str]] = {
        **STREAM_PINS,
        "rst": "synchronous reset, active high; drops the command under way, starts again from "
        "cycle 0",
        "command__valid": "command__payload is a command",
        "command__ready": "the command is taken at a clock edge where command__valid & "
        "command__ready",
        "command__payload": "a command, laid out as command says",
        "busy": "a command is under way: taken, and its last beat has not been",
        "load__begin": "begins a load at the clock edge; one under way is given up",
        "load__contents": "with load__begin: of contents, otherwise of a phase",
        "load__data__valid": "load__data__payload is the load's next word",
        "load__data__ready": "it is taken at a clock edge where load__data__valid & "
        "load__data__ready",
        "load__data__payload": "a word of a load",
        "load__busy": "a load is under way",
        "load__done": "high for one clock cycle: the load is in use",
        "load__refused": "high for one clock cycle: it was not acceptable, and nothing has changed",
        "load__needed": "what is stored is not whole: commands wait for a load of contents",
        "fault": "high for one cycle: a lane or the tracker has lost the lockstep",
        "reload": "while high, a fault is followed by going back to where the perturbation began",
        "reloaded": "high for one cycle: gone back; the next command starts there, replay or not",
    }

    def _check_generator(self, config: Config) -> None:
        """A flag for the last beat lies above it."""
        check_beat(config, more_bits=1)
        ReplayParameters.of(config)

    def create(self, config: Config) -> ReplaySequencer:
        from .rtl.sequencer import ReplaySequencer

        self.check(config)
        return ReplaySequencer(ReplayParameters.of(config))

    def bench(self, config: Config) -> ReplayBench:
        return ReplayBench(config, self.top(config), partial(self.create, config))

    def interface(self, config: Config, top: str) -> dict[str, object]:
        replay = ReplayParameters.of(config)
        return {
            "payload": describe_fields({**replay.layout.fields, "last": 1}),
            "command": describe_fields(replay.command_fields),
            "lead": replay.lead,
        }

    def testbench(self, config: Config, beats: int) -> VerilogTestbench:
        replay = ReplayParameters.of(config)
        longest = min(beats, 1 << replay.count_bits)
        names = {"valid": "ask", "ready": "answered", "payload": "asked"}
        return VerilogTestbench(
            template=_HERE / "testbench.sv",
            nets={
                **{f"command__{pin}": net for pin, net in names.items()},
                "o__valid": "valid",
                "o__ready": "take",
                "o__payload": "shown",
            },
            width=replay.layout.width,
            golden=replay.plan.perturbations(testbench_lengths(beats, longest)),
            values={
                "count": replay.count_bits,
                "longest": longest,
                "lanes": replay.layout.lanes,
                "unused": replay.unused_bits,
            },
        )

    def activity(self, config: Config) -> ActivityDriver:
        count = ReplayParameters.of(config).count_bits
        values = {"count": count, "beats": min(PERTURBATION, 1 << count)}
        return ActivityDriver(template=_HERE / "activity.cpp", values=values)
