"""The figures of a point, beside those that other commands say."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

import pezo_hw.explore.point
from pezo_hw.errors import ConfigError
from pezo_hw.explore import Request, candidates_of, measured, parse_space
from pezo_hw.explore.figures import FIGURES, ORIGINS
from pezo_hw.explore.point import toggles
from pezo_hw.quality import quality_of
from tests.explore.spaces import SMALL


@pytest.fixture(scope="module")
def candidate():
    return candidates_of(parse_space(SMALL, name="small")).found[0]


def test_every_figure_has_its_name(candidate):
    found = measured(candidate, Request(length=93))
    assert set(found) == {*FIGURES, *ORIGINS}
    assert found["cost_from"] == "estimate"
    assert found["participation"] == quality_of(candidate.config, length=93).participation
    assert found["isotropy"] == pytest.approx(found["participation"] / 93)
    assert found["sites_a_number"] == found["lut_sites"] / 7


def test_toggles_of_nets_are_worked_out_simulated_or_not_known(candidate, monkeypatch):
    found = measured(candidate, Request(length=9))
    # 7 LFSRs and the tracker of 7 bits, a gate each: half of that, and 0 or 1 for the code.
    assert 64 * 64 / 127 <= found["net_toggles"] <= 64 * 64 / 127 + 1
    assert found["net_toggles_a_number"] == found["net_toggles"] / 7
    assert found["toggles_from"] == "estimate"
    monkeypatch.setattr(pezo_hw.explore.point, "measure_power", lambda configs, wanted: made_up)
    made_up = [SimpleNamespace(toggles=SimpleNamespace(total=42.0))]
    found = measured(candidate, Request(length=9, simulates=True))
    assert (found["net_toggles"], found["toggles_from"]) == (42.0, "netlist")
    (mezo,) = candidates_of(parse_space(MEZO, name="mezo")).found
    found = measured(mezo, Request(length=9, samples=100))
    assert (found["net_toggles"], found["toggles_from"]) == (None, None)


def flipped(stream) -> float:
    """Bits that change, one by one, in strings."""
    bits = stream.fixed_point.bits
    rows = stream.mantissas(0, stream.orbit + 1).tolist()
    texts = [[f"{number % (1 << bits):0{bits}b}" for number in row] for row in rows]
    changes = [
        sum(x != y for x, y in zip(a, b, strict=True))
        for before, after in itertools.pairwise(texts)
        for a, b in zip(before, after, strict=True)
    ]
    return sum(changes) / len(changes)


def test_toggles(candidate):
    stream = candidate.config.stream()
    assert toggles(stream) == pytest.approx(flipped(stream), rel=1e-12)


@pytest.mark.parametrize("field", ["length", "samples"])
def test_a_request_is_checked(field: str):
    with pytest.raises(ConfigError, match=field):
        Request(**{field: 0})


@pytest.mark.slow
def test_synthesis_says_what_the_estimate_says(candidate):
    found = [measured(candidate, Request(length=9, synthesises=each)) for each in (False, True)]
    assert found[1].pop("cost_from") == "synthesis"
    assert found[0].pop("cost_from") == "estimate"
    assert found[0] == found[1]


def test_a_long_orbit_is_sampled():
    found = measured(candidates_of(parse_space(MEZO, name="mezo")).found[0], Request(samples=100))
    assert (found["samples"], found["cost_from"]) == (100, "estimate")
    assert 0 < found["isotropy"] <= 1


MEZO = """
[[part]]
perturbation.strategy = "gaussian"
gaussian.generator = "tree"
gaussian.lanes = 64
"""
