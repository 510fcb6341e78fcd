"""Exact figures against plain loops over whole orbits of small generators."""

from __future__ import annotations

import json
import math
from dataclasses import fields

import numpy as np
import pytest

from pezo_hw import load
from pezo_hw.config import parse
from pezo_hw.generators.on_the_fly.model import OnTheFlyStream
from pezo_hw.generators.pre_generated.model import PreGeneratedStream
from pezo_hw.numbers.stream import Stream
from pezo_hw.quality import Figures, Quality, quality_of
from pezo_hw.quality.exact import exact_figures
from tests.cases import DRAWN, OTF, POOL
from tests.quality.brute_force import BruteForce
from tests.reference import OnTheFly, PreGenerated

# By name: keys of the section, lines of the section [scaling], as the reference has them.
ON_THE_FLY = {
    "3 x 3": ({"rngs": 3, "width": 3}, {}),
    "4 x 4": ({"rngs": 4, "width": 4}, {"gain": 0.8}),
    "5 x 3": ({"rngs": 5, "width": 3, "seed": 9}, {}),
    "2 x 5": ({"rngs": 2, "width": 5, "steps_per_cycle": 3}, {"rounding": "log-nearest"}),
    "3 x 4, a factor shared": ({"rngs": 3, "width": 4, "lanes": 4}, {}),
    "5 x 4, all of it shared": ({"rngs": 5, "width": 4}, {}),
    "6 x 4, fewer lanes": ({"rngs": 6, "width": 4, "lanes": 4}, {}),
    "2 x 4, more lanes": ({"rngs": 2, "width": 4, "lanes": 5, "format": "midrise"}, {}),
    "4 x 3, still": ({"rngs": 4, "width": 3, "rotate": False, "lanes": 6}, {}),
    "3 x 4, shifted": ({"rngs": 3, "width": 4}, {"output": "fixed-point"}),
    "3 x 4, one exponent": ({"rngs": 3, "width": 4}, {"mode": "constant", "gain": 0.8}),
    # Turned against the register: the same numbers in every cycle.
    "7 x 3, at a stand": ({"rngs": 7, "width": 3, "seeds": [1, 4, 6, 7, 3, 5, 2]}, {}),
}
POOLS = {
    "7": {"pool": 7, "lanes": 7, "width": 5},
    "15 by 5": {"pool": 15, "lanes": 5, "width": 4, "seed": 3},
    "12 by 3": {"pool": 12, "lanes": 3, "width": 6},
    "15 by 1": {"pool": 15, "lanes": 1, "width": 7},
}
# The largest number up to 0.618 M that is coprime to M, counted by hand.
JUMPS = {1: 0, 3: 1, 4: 1, 7: 4, 12: 7, 15: 8}
LENGTHS = (1, 5, 12)


def toml(keys: dict[str, object]) -> str:
    """Lines of a section; JSON's numbers, lists and texts are TOML's."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())


def on_the_fly(name: str) -> tuple[str, BruteForce]:
    keys, scaling = ON_THE_FLY[name]
    plain = OnTheFly(**keys, **{k: v for k, v in scaling.items() if k != "output"})
    period = 2 ** keys["width"] - 1
    orbit = math.lcm(keys["rngs"], period) if plain.rotate else period
    said = OTF + toml(keys) + "[scaling]\n" + toml(scaling)
    return said, BruteForce.of(plain.cycles(), orbit)


def pool(name: str, leftover: str, start: str = "next") -> tuple[str, BruteForce]:
    keys = POOLS[name]
    plain = PreGenerated(**keys)
    said = (POOL if start == "next" else DRAWN) + toml({**keys, "leftover": leftover})
    if leftover == "row":
        oracle = BruteForce.of(plain.cycles(), keys["pool"] // keys["lanes"])
    else:
        column = [[number] for number in plain.numbers()[0]]
        oracle = BruteForce(column, column, beat=keys["lanes"])
    oracle.jump = None if start == "next" else JUMPS[len(oracle.starts)]
    return said, oracle


def check(found: Quality, oracle: BruteForce, length: int) -> None:
    """Each figure of an orbit against the same of the loops."""
    mean, variance, kurtosis = oracle.moments(length)
    unit = unit_of(found, oracle, length)
    assert found.samples is None
    assert found.errors == {}
    near = {"rel": 1e-9, "abs": 1e-12}
    if variance:
        assert found.mean == pytest.approx(float(mean) * unit, **near)
        assert found.kurtosis == pytest.approx(float(kurtosis), **near)
    else:
        assert (found.variance, found.kurtosis) == (0.0, None)
    beat = oracle.lanes * oracle.beat
    for name, size, rows in (
        ("cycle_cv_before", beat, oracle.before),
        ("cycle_cv", beat, oracle.after),
        ("norm_cv_before", length, oracle.before),
        ("norm_cv", length, oracle.after),
    ):
        assert getattr(found, name) == pytest.approx(oracle.variation(size, rows), abs=1e-12), name
    check_correlations(found, oracle, length)
    check_directions(found, oracle, length)
    cycles, starts = oracle.cycles(length), len(set(oracle.identities()))
    assert found.different == oracle.different(cycles)
    assert found.starts == starts
    assert found.entropy_bytes == pytest.approx(math.log2(starts) / 8)
    assert found.different_for([length, 3, 0, 1]) == oracle.different(
        cycles + oracle.cycles(3) + oracle.cycles(1)
    )


def unit_of(found: Quality, oracle: BruteForce, length: int) -> float:
    """What an integer of the loops is worth, from the variance: a number of the config's own."""
    variance = float(oracle.moments(length)[1])
    return math.sqrt(found.variance / variance) if variance else 0.0


def check_correlations(found: Quality, oracle: BruteForce, length: int) -> None:
    lane = oracle.strongest(length, range(1))
    lag = oracle.strongest(length, range(1, max(2, oracle.cycles(length))))
    if lane is None:
        assert found.lane_correlation is None
    else:
        assert abs(found.lane_correlation) == pytest.approx(abs(lane[0]), abs=1e-9)
    if lag is None:
        assert found.lag_correlation is found.lag_distance is None
    else:
        assert found.lag_distance == lag[1]
        assert abs(found.lag_correlation) == pytest.approx(abs(lag[0]), abs=1e-9)


def check_directions(found: Quality, oracle: BruteForce, length: int) -> None:
    assert found.participation == pytest.approx(float(oracle.participation(length)), rel=1e-9)
    matrix = np.array([[float(x) for x in row] for row in oracle.second_moment(length)])
    values = np.linalg.eigvalsh(matrix) / (np.trace(matrix) / length)
    assert found.smallest_eigenvalue == pytest.approx(values[0], abs=1e-9)
    assert found.largest_eigenvalue == pytest.approx(values[-1], abs=1e-9)
    cosines = oracle.cosines(length)
    assert found.cosine_mean == pytest.approx(math.fsum(cosines) / len(cosines), abs=1e-12)
    squares = math.fsum(c * c for c in cosines) / len(cosines)
    assert found.cosine_rms == pytest.approx(math.sqrt(squares), rel=1e-9)
    assert found.cosine_largest == pytest.approx(max(map(abs, cosines)), rel=1e-9)


@pytest.mark.parametrize("name", ON_THE_FLY)
def test_a_bank(name: str):
    said, oracle = on_the_fly(name)
    stream = parse(said, name="bank").stream()
    for length in LENGTHS:
        check(quality_of(stream, length=length), oracle, length)


@pytest.mark.parametrize("name", POOLS)
def test_a_pool(name: str):
    for leftover in ("row", "number"):
        for start in ("next", "drawn"):
            said, oracle = pool(name, leftover, start)
            for length in (*LENGTHS, 31):
                check(quality_of(parse(said, name="pool"), length=length), oracle, length)


def test_what_the_values_are_worth():
    """The unit, which the loops above take from the variance."""
    for name in ("4 x 4", "2 x 4, more lanes", "3 x 4, shifted"):
        said, _ = on_the_fly(name)
        stream = parse(said, name="bank").stream()
        values = stream.values(0, stream.orbit).astype(np.float64)
        found = quality_of(stream, length=stream.lanes)
        assert found.variance == pytest.approx(values.var(), rel=1e-6)
        assert found.mean == pytest.approx(values.mean(), rel=1e-6)


def test_the_bank_at_a_stand_is_one_perturbation():
    said, _ = on_the_fly("7 x 3, at a stand")
    found = quality_of(parse(said, name="bank"), length=14)
    assert (found.starts, found.different, found.entropy_bytes) == (1, 1, 0.0)
    assert found.participation == pytest.approx(1.0)


def by_cycles(stream: Stream, length: int) -> Figures:
    """Of the joint orbit cycle after cycle, without what the stream knows of its structure."""
    plain = Stream.compact_orbit(stream)
    return exact_figures(plain, length, has_eigenvalues=True, on_step=lambda: None)


def same(found: Figures, expected: Figures) -> None:
    for figure in fields(Figures):
        value, wanted = getattr(found, figure.name), getattr(expected, figure.name)
        assert value == pytest.approx(wanted, rel=1e-9, abs=1e-12), figure.name


def test_the_papers_bank_cycle_by_cycle():
    stream = load("paper-roberta").stream()
    same(quality_of(stream, length=300), by_cycles(stream, 300))


def test_what_was_loaded_counts():
    config = parse(on_the_fly("4 x 4")[0], name="bank")
    codes = np.arange(16, dtype=np.uint8) % 4
    loaded = OnTheFlyStream(config.parameters, codes=codes)
    same(quality_of(loaded, length=9), by_cycles(loaded, 9))
    assert quality_of(loaded, length=9).cycle_cv != quality_of(config, length=9).cycle_cv
    parameters = parse(pool("15 by 5", "number")[0], name="pool").parameters
    numbers = np.arange(15, dtype=np.int32) - 7
    found = quality_of(PreGeneratedStream(parameters, pool=numbers), length=4)
    assert found.variance == pytest.approx(np.var(numbers) * 4.0**-parameters.fixed_point.frac)


def test_codes_of_any_size_are_numbers():
    """Fourth powers of 2^255 are none."""
    config = parse(on_the_fly("4 x 4")[0].replace("gain", "code_bits = 8\ngain"), name="bank")
    for low, high in ((0, 255), (250, 255), (0, 1)):
        codes = np.where(np.arange(16) % 2, high, low).astype(np.uint8)
        found = quality_of(OnTheFlyStream(config.parameters, codes=codes), length=9)
        values = [getattr(found, figure.name) for figure in fields(Figures)]
        assert all(math.isfinite(value) for value in values if value is not None)


def test_a_fast_stream_is_the_same():
    config = parse(on_the_fly("4 x 4")[0], name="bank")
    assert quality_of(config.fast_stream(), length=9) == quality_of(config, length=9)
