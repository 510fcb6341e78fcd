"""One exponent for all cycles, against the definition read a second time."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from pezo_hw import ConfigError, load
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scale_table import mean_square_norm
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from tests import reference, strategies
from tests.cases import OTF

CONSTANT = OTF + 'rngs = 5\nwidth = 4\n[scaling]\nmode = "constant"\n'


@given(strategies.on_the_fly(widest=7))
def test_the_exponent(pair: tuple[OnTheFlyParameters, reference.OnTheFly]):
    parameters, slow = pair
    constant = replace(parameters, scaling=replace(parameters.scaling, mode="constant"))
    assert constant.base == slow.constant()


@settings(max_examples=40)
@given(strategies.on_the_fly(widest=6))
def test_it_is_that_of_any_seeds(pair: tuple[OnTheFlyParameters, reference.OnTheFly]):
    """So that seeds can be loaded without a word about their scale."""
    parameters, slow = pair
    seeds = list(range(1, parameters.rngs + 1))
    assert replace(slow, seeds=seeds).constant() == slow.constant()


def test_the_mean_in_closed_form():
    """Of the integers -2^(b-1) ... 2^(b-1) - 1 without 0: (4^(b-1) * 2 + 1) / 6, times 2^b."""
    for width in (3, 8, 11, 18):
        parameters = OnTheFlyParameters(rngs=2, width=width)
        squares = (2 * 4 ** (width - 1) + 1) * 2**width / 6
        expected = 2 * squares / (2**width - 1) / 4 ** (width - 1)
        found = mean_square_norm(2, parameters.state_format, parameters.orbit)
        assert found == pytest.approx(expected, rel=1e-15)


def test_wide_has_the_numbers_of_a_table_that_says_one_thing():
    wide = load("wide").parameters
    assert isinstance(wide, OnTheFlyParameters)
    adaptive = replace(wide, scaling=replace(wide.scaling, mode="adaptive"))
    assert set(adaptive.scale_table.exponents.tolist()) == {wide.base} == {1}


def test_there_is_no_code_and_no_table():
    config = parse(CONSTANT, name="case")
    beats = config.stream().window(10**20, 7)
    assert not beats.code.any()
    values = beats.mantissa * 2.0 ** (config.parameters.base - 3)
    assert np.array_equal(beats.value, values.astype(np.float32))
    core = emit_core(config)
    manifest = json.loads(core.files["pezo_case.json"])
    assert sorted(core.files) == ["pezo_case.json", "pezo_case.v"]
    assert not any(word in core.files["pezo_case.v"] for word in ("tracker", "scale_", "code"))
    assert manifest["scaling"] == {
        "value": "mantissa * 2^(base - frac) * gain",
        "base": config.parameters.base,
        "gain": 1.0,
    }
    assert manifest["latency"] == 1


def test_fixed_point_counts_the_exponent_among_the_fraction_bits():
    plain = parse(CONSTANT, name="case")
    fixed = parse(CONSTANT + 'output = "fixed-point"\n', name="case")
    assert fixed.parameters.fixed_point.bits == plain.parameters.fixed_point.bits
    assert fixed.parameters.fixed_point.frac == 3 - plain.parameters.base
    a, b = plain.stream().window(3, 50), fixed.stream().window(3, 50)
    assert np.array_equal(a.mantissa, b.mantissa)
    assert np.array_equal(a.value, b.value)


def test_another_mode_is_refused():
    with pytest.raises(ConfigError, match=r'^mode = "none" .* "adaptive" or "constant"$'):
        ScalingParameters(mode="none")
