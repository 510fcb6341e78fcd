"""+eps, -2 eps, +eps over many weights, under random back-pressure, against `perturb_`.

Sources and sink are cocotbext-axi's. The beats are the golden stream's, the same three times, as a
replay gives them.
"""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Iterator
from typing import Any

import cocotb
import numpy as np
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles
from cocotbext.axi import AxiStreamBus, AxiStreamFrame, AxiStreamSink, AxiStreamSource
from numpy.typing import NDArray

from examples.weights.parameters import INT8, PerturberParameters
from pezo_hw import PezoError, load
from pezo_hw.fast.perturb import perturb_
from pezo_hw.numbers.bit_rows import integers_of_rows, rows_of_beats

CONFIG = load(os.environ["PEZO_CONFIG"])
PARAMETERS = PerturberParameters.of(CONFIG, os.environ["PEZO_WEIGHT"])
WEIGHTS = int(os.environ["PEZO_WEIGHTS"])
PAUSES = WEIGHTS // 100
# Clock cycles between two pauses of a side, less than one of these: close together, or a free run.
GAPS = (3, 20, 120)
# In weights' steps, eps is 8; of weights around 1, a thousandth.
EXPONENT = {INT8: 3}.get(PARAMETERS.weight, -10)
STEPS = ((0, EXPONENT), (1, EXPONENT + 1), (0, EXPONENT))


@cocotb.test(timeout_time=100, timeout_unit="ms")
async def weights_are_perturbed_and_come_back(dut: Any) -> None:
    """Every bit of every weight, after each of the three passes."""
    Clock(dut.clk, 10, "ns").start()
    pauses = Pauses(random.Random(7))
    ends = (("weights", AxiStreamSource), ("beats", AxiStreamSource), ("result", AxiStreamSink))
    ports = {name: _port(dut, name, kind, pauses) for name, kind in ends}
    dut.rst.value = 1
    await ClockCycles(dut.clk, 3)
    dut.rst.value = 0
    weights, beats = some_weights(), golden_beats()
    for negative, exponent in STEPS:
        dut.negative.value, dut.exponent.value = negative, exponent
        await ports["beats"].send(AxiStreamFrame(beats))
        await ports["weights"].send(AxiStreamFrame(words_of(weights)))
        frame = await ports["result"].recv(compact=False)
        weights = perturbed(weights, -(2.0**exponent) if negative else 2.0**exponent)
        _require_same(frame.tdata, words_of(weights), len(beats))
    if pauses.count < PAUSES:
        raise PezoError(f"{pauses.count} pauses; wanted: {PAUSES}")
    dut._log.info("%d weights three times, %d pauses", WEIGHTS, pauses.count)


class Pauses:
    """Every side stops now and then for a few cycles, and how often that was."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self.count = 0

    def __iter__(self) -> Iterator[bool]:
        while True:
            gap = self._source.randrange(self._source.choice(GAPS))
            yield from (False for _ in range(gap))
            self.count += 1
            yield from (True for _ in range(self._source.randint(1, 5)))


def _port(dut: Any, name: str, kind: type[Any], pauses: Pauses) -> Any:
    # A lane of a whole beat, so that a beat is one integer.
    port = kind(AxiStreamBus.from_prefix(dut, name), dut.clk, dut.rst, byte_lanes=1)
    port.set_pause_generator(iter(pauses))
    port.log.setLevel(logging.WARNING)  # or every frame is printed, a number a beat
    return port


def some_weights() -> NDArray[Any]:
    """The same in every run; of bfloat16 the bits, zeros and subnormals among them."""
    draw = np.random.default_rng(1)
    if PARAMETERS.weight == INT8:
        return draw.integers(-128, 128, WEIGHTS).astype(np.int8)
    exponents = draw.choice((0, 1, *range(90, 140)), WEIGHTS)
    bits = draw.integers(0, 2, WEIGHTS) << 15 | exponents << 7 | draw.integers(0, 128, WEIGHTS)
    return bits.astype(np.uint16)


def perturbed(weights: NDArray[Any], scale: float) -> NDArray[Any]:
    """What software computes: `perturb_`, for int8 exactly, and then rounded and held."""
    if PARAMETERS.weight != INT8:
        changed = weights.copy()
        perturb_([changed], scale, CONFIG.fast_stream())
        return changed
    exact = weights.astype(np.float64)
    perturb_([exact], scale, CONFIG.fast_stream())
    return np.clip(np.rint(exact), -128, 127).astype(np.int8)


def words_of(weights: NDArray[Any]) -> list[int]:
    """Beats of weights, the last filled up with zeros."""
    missing = -len(weights) % PARAMETERS.lanes
    rows = np.pad(weights, (0, missing)).reshape(-1, PARAMETERS.lanes)
    octets = rows.astype(rows.dtype.newbyteorder("<"))
    return [int.from_bytes(row.tobytes(), "little") for row in octets]


def golden_beats() -> list[int]:
    """The stream's first beats as they lie on m_axis_tdata."""
    beats = CONFIG.stream().window(0, -(-WEIGHTS // PARAMETERS.lanes))
    slot = PARAMETERS.slot_bits
    code_bits = slot if PARAMETERS.code_bits else 0
    rows = rows_of_beats(beats.mantissa, beats.code, lane_bits=slot, code_bits=code_bits)
    return integers_of_rows(rows)


def _require_same(seen: list[int], expected: list[int], beats: int) -> None:
    """Raises PezoError at the first beat that differs; lanes beyond the weights are nobody's."""
    if len(seen) != beats:
        raise PezoError(f"{len(seen)} beats; expected: {beats}")
    used = WEIGHTS - (beats - 1) * PARAMETERS.lanes
    mask = (1 << used * PARAMETERS.weight_bits) - 1
    seen[-1], expected[-1] = seen[-1] & mask, expected[-1] & mask
    for index, (word, right) in enumerate(zip(seen, expected, strict=True)):
        if word != right:
            raise PezoError(f"beat {index} is {word:x}; expected: {right:x}")
