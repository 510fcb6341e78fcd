"""The bench of the stream wrapper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ...bench.bench import Block, SystemBench
from ...bench.edge_counter import Flags
from ...bench.fields import beat_fields
from ...config import Config
from ...numbers.beat_layout import BeatLayout
from ...numbers.bit_rows import as_integers, rows_of_beats, rows_of_lanes
from .model import HandshakeModel

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


class StreamBench(SystemBench):
    """A core behind its handshake, against `HandshakeModel`.

    ``o__valid`` is compared in every cycle, so that a gap in the stream is a mismatch, and so is a
    beat that comes early, late, twice or never.
    """

    name = "stream"

    def __init__(self, config: Config, top: str, create: Callable[[], Component]) -> None:
        super().__init__(top, create)
        self._layout = BeatLayout.of(config.parameters)
        self._model = HandshakeModel(config.stream())
        self.width = self._layout.width
        self.fields = {"o__payload": beat_fields(self._layout)}

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        trace = self._model.run(rst, en)
        payload = rows_of_beats(
            trace.mantissa,
            trace.code,
            lane_bits=self._layout.lane_bits,
            code_bits=self._layout.code_bits,
        )
        return Block(
            inputs={"rst": as_integers(rst), "o__ready": as_integers(en)},
            expected={"o__valid": rows_of_lanes(trace.valid[:, None], 1), "o__payload": payload},
            defined={"o__payload": trace.valid},
            beats=int(np.sum(trace.valid & en & ~rst)),
        )
