"""The bench of the replay sequencer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ...bench.bench import Block, SystemBench
from ...bench.edge_counter import Flags
from ...bench.fields import Field, beat_fields
from ...config import Config
from ...numbers.beat_layout import BeatLayout
from ...numbers.bit_rows import BitRows, as_integers, rows_of_beats, rows_of_lanes
from .loads import Loads
from .model import Command, ReplayModel, ReplayPins
from .parameters import ReplayParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class ReplayBench(SystemBench):
    """A core with its sequencer, against `ReplayModel`, under random commands and loads.

    A command waits until it is taken. Half of them ask for a replay, and their lengths reach from
    one beat to thrice the cycles that going back takes, so that histories overlap in every way.
    Nothing flips, so that nothing may be noticed, whatever ``reload`` asks for.
    """

    name = "replay"

    def __init__(self, config: Config, top: str, create: Callable[[], Component]) -> None:
        super().__init__(top, create)
        self._layout = BeatLayout.of(config.parameters)
        self._parameters = ReplayParameters.of(config)
        self._loads = Loads(self._parameters.plan)
        plan = self._parameters.plan
        self._model = ReplayModel(
            plan.lead, self._loads.model, stride=plan.beat_stride, jump=plan.jump
        )
        self._command: Command | None = None
        self.width = self._layout.width + 1
        last = Field(name="last", bits=1)
        self.fields = {"o__payload": (*beat_fields(self._layout), last)}

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        commands: list[Command | None] = []
        shown: list[ReplayPins] = []
        for resets, ready in zip(rst.tolist(), en.tolist(), strict=True):
            if self._command is None and random.random() < 1 / 3:
                self._command = self._any_command(random)
            commands.append(self._command)
            shown.append(self._model.pins())
            load = self._loads.next(random)
            self._model.edge(rst=resets, command=self._command, ready=ready, load=load)
            if shown[-1].ready:
                self._command = None
        block = self._block(rst, en, commands, shown)
        self._add_health(block, shown, random)
        if self._loads.model is not None:
            self._loads.model.forget()
        return block

    def _any_command(self, random: np.random.Generator) -> Command:
        longest = int(random.choice([3, 3 * self._parameters.lead]))
        beats = int(random.integers(1, longest + 1))
        replay = bool(random.integers(2))
        unused = int(random.integers(self._parameters.plan.most_unused + 1))
        return Command(beats=beats, replay=replay, unused=unused)

    def _payload(self, command: Command) -> int:
        """A command as a word."""
        upper = command.unused << 1 | command.replay
        return command.beats - 1 | upper << self._parameters.count_bits

    def _block(
        self, rst: Flags, en: Flags, commands: list[Command | None], shown: list[ReplayPins]
    ) -> Block:
        valid = np.array([pins.beat is not None for pins in shown])
        given = [command or Command(beats=1, replay=False) for command in commands]
        load_inputs, load_expected = self._loads.pins_since_last_time()
        return Block(
            inputs={
                "rst": as_integers(rst),
                "o__ready": as_integers(en),
                "command__valid": [int(command is not None) for command in commands],
                "command__payload": [self._payload(command) for command in given],
                **load_inputs,
            },
            expected={
                "command__ready": rows_of_lanes(np.array([[pins.ready] for pins in shown]), 1),
                "busy": rows_of_lanes(np.array([[pins.busy] for pins in shown]), 1),
                "o__valid": rows_of_lanes(valid[:, None], 1),
                "o__payload": self._payloads(shown),
                **load_expected,
            },
            defined={"o__payload": valid},
            beats=int(np.sum(valid & en & ~rst)),
        )

    def _add_health(
        self, block: Block, shown: list[ReplayPins], random: np.random.Generator
    ) -> None:
        options = self._parameters.options
        if options.reloads:
            block.inputs["reload"] = random.integers(2, size=len(shown)).tolist()
        for pin, there in {"fault": options.checks_health, "reloaded": options.reloads}.items():
            if there:
                seen = np.array([[getattr(pins, pin)] for pins in shown])
                block.expected[pin] = rows_of_lanes(seen, 1)

    def _payloads(self, shown: list[ReplayPins]) -> BitRows:
        """The last flag, the code where there is one, the mantissas."""
        beats = rows_of_beats(
            *self._loads.beats_of(shown),
            lane_bits=self._layout.lane_bits,
            code_bits=self._layout.code_bits,
        )
        last = rows_of_lanes(np.array([[pins.last] for pins in shown]), 1)
        return np.concatenate([last, beats], axis=1)
