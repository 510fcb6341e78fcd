"""The consumer of the beats: single lanes against NumPy, then whole streams in a simulator."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from amaranth.sim import Simulator

from examples.weights import simulate as simulation
from examples.weights.bfloat16_lane import BFloat16Lane
from examples.weights.int8_lane import Int8Lane
from examples.weights.parameters import BFLOAT16, INT8, PerturberParameters
from examples.weights.perturber import WeightPerturber
from examples.weights.simulate import SIMULATORS, simulate
from pezo_hw import ConfigError, PezoError, load
from pezo_hw.config import parse
from pezo_hw.emit import emit_verilog
from tests.shared import made_once

Case = tuple[int, int, int, int]


def results(lane: Int8Lane | BFloat16Lane, cases: list[Case]) -> list[int]:
    """What a lane gives of weight, mantissa, power and sign, one after another."""
    found = []

    async def testbench(ctx):
        ctx.set(lane.en, 1)
        for number in range(len(cases) + lane.latency):
            weight, mantissa, power, negative = cases[min(number, len(cases) - 1)]
            ctx.set(lane.weight, weight)
            ctx.set(lane.mantissa, mantissa & (1 << lane.mantissa_bits) - 1)
            ctx.set(lane.power, power)
            ctx.set(lane.negative, negative)
            await ctx.tick()
            if number >= lane.latency - 1:
                found.append(ctx.get(lane.result))

    simulator = Simulator(lane)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return found[: len(cases)]


def any_mantissa(draw: random.Random, bits: int) -> int:
    """At random, or a power of two, or nothing: where ties are."""
    if draw.random() < 0.3:
        return draw.choice((0, *(sign << bit for sign in (-1, 1) for bit in range(bits - 1))))
    return draw.randrange(-(1 << bits - 1), 1 << bits - 1)


@pytest.mark.parametrize("bits", [8, 16])
def test_int8(bits: int):
    draw = random.Random(bits)
    cases = [
        (draw.getrandbits(8), any_mantissa(draw, bits), draw.randrange(-bits - 5, 12), count % 2)
        for count in range(250)
    ]
    cases += [(draw.getrandbits(8), any_mantissa(draw, bits), far, 1) for far in (-300, 300)]
    expected = []
    for weight, mantissa, power, negative in cases:
        signed = weight - 256 * (weight >> 7)
        exact = signed + (-1 if negative else 1) * np.ldexp(float(mantissa), power)
        expected.append(int(np.clip(np.rint(exact), -128, 127)) & 255)
    assert results(Int8Lane(bits), cases) == expected


def any_bfloat16_case(draw: random.Random, bits: int) -> Case:
    """Operands near and far apart; zeros, subnormals and infinities among the weights."""
    weight = draw.getrandbits(16)
    if draw.random() < 0.1:
        weight &= draw.choice((0x807F, 0x8000))
    if weight >> 7 & 255 == 255:
        weight &= 0xFF80
    near = max(weight >> 7 & 255, 1) - 134 + draw.randrange(-34 - bits, 40)
    power = near if draw.random() < 0.7 else draw.randrange(-90, 90)
    return weight, any_mantissa(draw, bits), max(-126, min(110, power)), draw.getrandbits(1)


def bfloat16(value: np.float32) -> int:
    """The bits of the nearest bfloat16, ties to even, by integers."""
    bits = int(np.float32(value).view(np.uint32))
    low, kept = bits & 0xFFFF, bits >> 16
    return kept + (low > 0x8000 or (low == 0x8000 and kept & 1))


@pytest.mark.parametrize("bits", [8, 16])
def test_bfloat16(bits: int):
    draw = random.Random(bits)
    # The last two lie between two bfloat16: a weight far below has no say once it is a float32.
    cases = [any_bfloat16_case(draw, bits) for _ in range(250)]
    cases += [(0x2F80, 0x101 >> 16 - bits, 0, 0), (0x0001, 0x101 >> 16 - bits, 0, 0)]
    expected = []
    for weight, mantissa, power, negative in cases:
        number = np.float32(np.ldexp(float(mantissa), power))
        wide = np.uint32(weight << 16).view(np.float32)
        with np.errstate(over="ignore"):
            expected.append(bfloat16(wide + (-number if negative else number)))
    assert results(BFloat16Lane(bits), cases) == expected


SMALL = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 7\nwidth = 8\n'


@pytest.mark.slow
@pytest.mark.parametrize("simulator", SIMULATORS)
@pytest.mark.parametrize("weight", [INT8, BFLOAT16])
def test_weights_come_back(
    weight: str, simulator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """10^5 of them, with a thousand pauses or more: what the example does when it is started."""
    if simulator == "icarus" and shutil.which("iverilog") is None:
        pytest.skip("iverilog is not on PATH")
    config = tmp_path / "small.toml"
    config.write_text(SMALL)
    verilog = made_once(f"perturber-{weight}", lambda: simulation.verilog_of(weight, str(config)))
    monkeypatch.setattr(simulation, "verilog_of", lambda *_: verilog)
    assert simulation.WEIGHTS == 10**5
    simulate(weight, tmp_path, source=str(config), simulator=simulator)


@pytest.mark.slow
@pytest.mark.icarus
def test_a_wrong_exponent_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parameters = PerturberParameters.of(load("paper-pool"), INT8)
    wrong = PerturberParameters(**vars(parameters) | {"exponent": parameters.exponent + 1})
    verilog = emit_verilog(WeightPerturber(wrong), name=simulation.TOP).verilog
    monkeypatch.setattr(simulation, "verilog_of", lambda *_: verilog)
    with pytest.raises((PezoError, SystemExit)):
        simulate(INT8, tmp_path, source="paper-pool", simulator="icarus", weights=500)


def test_what_a_perturber_cannot_be():
    with pytest.raises(ConfigError, match=r"scaling\.gain = 0\.5 is not allowed; allowed: 1"):
        PerturberParameters.of(parse(SMALL + "[scaling]\ngain = 0.5\n", name="half"), INT8)
    with pytest.raises(ConfigError, match=r'weight = "int4" is not allowed; allowed: "int8"'):
        PerturberParameters.of(load("paper-pool"), "int4")
    with pytest.raises(ConfigError, match="mantissa_bits = 18 is not allowed"):
        wide = SMALL.replace("width = 8", "width = 18").replace("rngs = 7", "rngs = 2")
        PerturberParameters.of(parse(wide, name="wide"), BFLOAT16)
