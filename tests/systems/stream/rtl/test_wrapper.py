"""The stream wrapper over unusual cores; every promise, and what breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from amaranth.sim import Simulator

from pezo_hw.config import parse
from pezo_hw.systems.registry import SYSTEMS
from tests.cases import BOTH, ON_THE_FLY
from tests.making import generator_of, pointed
from tests.rtl.simulation import run
from tests.systems.stream.broken_wrappers import HalfThroughput, NeverStops, WaitsForReady


@pytest.mark.parametrize("name", BOTH)
def test_against_the_handshake_model(name: str, tmp_path: Path):
    run(BOTH[name], "stream", tmp_path)


@pytest.mark.parametrize("name", ["smallest", "fixed-point"])
def test_around_the_pointer(name: str, tmp_path: Path):
    run(pointed(ON_THE_FLY[name]), "stream", tmp_path)


@pytest.mark.parametrize("name", ["midrise", "fixed-point", "two-counters"])
def test_a_beat_every_cycle_while_ready(name: str):
    config = parse(BOTH[name], name="case")
    parameters, wrapper = config.parameters, SYSTEMS["stream"].create(config)
    beats = 2 * parameters.joint_orbit
    window = generator_of(parameters).stream().window(0, beats)
    taken = []

    async def consumer(context):
        context.set(wrapper.o.ready, 1)
        for _ in range(parameters.latency + beats):
            if context.get(wrapper.o.valid):
                taken.append(context.get(wrapper.o.payload.mantissa))
            await context.tick()

    simulator = Simulator(wrapper)
    simulator.add_clock(1e-6)
    simulator.add_testbench(consumer)
    simulator.run()
    assert taken == [_word(row, parameters.fixed_point.bits) for row in window.mantissa.tolist()]


def _word(numbers: list[int], bits: int) -> int:
    return sum((number & (1 << bits) - 1) << lane * bits for lane, number in enumerate(numbers))


@pytest.mark.parametrize("name", ["power-of-two", "two-counters"])
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (WaitsForReady, "o__valid is 0, expected 1"),
        (NeverStops, "o__payload .* is"),
        (HalfThroughput, "o__valid is 0, expected 1"),
    ],
)
def test_a_broken_promise_is_seen(name: str, wrong, says: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.systems.stream.rtl.wrapper.StreamWrapper", wrong)
    with pytest.raises(AssertionError, match=says):
        run(BOTH[name], "stream", tmp_path)


def test_the_payload_has_the_core_s_fields():
    midrise = SYSTEMS["stream"].create(parse(BOTH["midrise"], name="case"))
    assert midrise.o.payload.shape().size == 3 * 5 + 2
    assert len(midrise.o.payload.code) == 2
    pool = SYSTEMS["stream"].create(parse(BOTH["wide"], name="case"))
    assert list(pool.o.payload.shape().members) == ["mantissa"]
