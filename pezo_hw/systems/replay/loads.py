"""The part of a bench that loads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...generators.replay.load_model import LoadInputs, LoadModel, LoadPins
from ...generators.replay.load_stimulus import LoadStimulus
from ...generators.replay.plan import ReplayPlan
from ...numbers.bit_rows import BitRows, rows_of_lanes
from ...numbers.stream import Stream

_OUTPUTS = {
    "load__data__ready": "ready",
    "load__busy": "busy",
    "load__done": "done",
    "load__refused": "refused",
    "load__needed": "needed",
}


class ShownBeat(Protocol):
    """Pins on which a beat may be seen: which position of which stream."""

    @property
    def beat(self) -> int | None:
        """The position; None where there is no beat."""

    @property
    def source(self) -> int:
        """Which of the `LoadModel`'s streams it is of."""


class Loads:
    """Model and stimulus of what can be loaded, and the pins of the cycles that have passed.

    Parameters
    ----------
    plan : ReplayPlan
        The generator's part; it need not load anything.

    Attributes
    ----------
    model : LoadModel or None
        For the `ReplayModel`; None where nothing can be loaded.
    """

    def __init__(self, plan: ReplayPlan) -> None:
        self.model: LoadModel | None = None
        self._plan = plan
        self._built = plan.stream()
        self._stimulus: LoadStimulus | None = None
        self._inputs: list[LoadInputs] = []
        self._pins: list[LoadPins] = []
        if plan.options.loads:
            self.model = plan.load_model()
            self._stimulus = plan.load_stimulus(self.model)

    def beats_of(self, pins: Sequence[ShownBeat]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Mantissas and codes, each beat from the stream that it is of; 0 where there is none."""
        code = np.zeros(len(pins), dtype=np.uint8)
        mantissa = np.zeros((len(pins), self._built.lanes), dtype=np.int32)
        sources = np.array([pin.source for pin in pins])
        beats = np.array([-1 if pin.beat is None else pin.beat for pin in pins])
        for source in np.unique(sources[beats >= 0]).tolist():
            at = np.flatnonzero((sources == source) & (beats >= 0))
            positions, places = np.unique(beats[at], return_inverse=True)
            ends = np.flatnonzero(np.diff(positions) != self._plan.beat_stride) + 1
            stream = self._stream_of(source)
            shown = [
                self._plan.beats(stream, int(run[0]), len(run)) for run in np.split(positions, ends)
            ]
            mantissa[at] = np.concatenate([mantissas for mantissas, _ in shown])[places]
            code[at] = np.concatenate([codes for _, codes in shown])[places]
        return mantissa, code

    def _stream_of(self, source: int) -> Stream:
        return self._built if self.model is None else self.model.sources[source]

    def any_load(self, random: np.random.Generator) -> tuple[bool, list[int]]:
        """Whether some load is of contents, and its words; none where nothing can be loaded."""
        return (False, []) if self._stimulus is None else self._stimulus.any_load(random)

    def next(self, random: np.random.Generator) -> LoadInputs:
        """What to load in the next cycle."""
        if self.model is None or self._stimulus is None:
            return LoadInputs()
        self._pins.append(self.model.pins())
        self._inputs.append(self._stimulus.inputs(self._pins[-1], random))
        return self._inputs[-1]

    def pins_since_last_time(self) -> tuple[dict[str, list[int]], dict[str, BitRows]]:
        """Inputs and outputs by the names of their pins, empty where there are none."""
        given, shown = self._inputs, self._pins
        if not given:
            return {}, {}
        self._inputs, self._pins = [], []
        inputs = {
            "load__begin": [int(load.begin) for load in given],
            "load__contents": [int(load.contents) for load in given],
            "load__data__valid": [int(load.word is not None) for load in given],
            "load__data__payload": [load.word or 0 for load in given],
        }
        return inputs, {
            pin: rows_of_lanes(np.array([[getattr(pins, name)] for pins in shown]), 1)
            for pin, name in _OUTPUTS.items()
        }
