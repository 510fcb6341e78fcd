"""The table of new seeds, from Python and from C, against the golden model's."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings

from pezo_hw.config import Config
from pezo_hw.driver import ArgumentError, Scaling, read_configuration, scale_table
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from tests.driver.c_driver import CConfig, CError, CScaling, c_scale_table
from tests.driver.configs import on_the_fly
from tests.driver.mock_registers import MockRegisters
from tests.making import generator_of
from tests.strategies import on_the_fly as any_on_the_fly


def c_config(parameters: OnTheFlyParameters) -> CConfig:
    scaling = parameters.scaling
    return CConfig(
        midrise=parameters.format == "midrise",
        fixed_point=scaling.is_shifted,
        family=1,
        number_bits=parameters.width,
        depth=parameters.rngs,
        tap_mask=sum(1 << (tap - 1) for tap in parameters.lfsr.taps),
        steps=parameters.steps_per_cycle,
        mantissa_bits=parameters.fixed_point.bits,
    )


def c_scaling(scaling: ScalingParameters) -> CScaling:
    return CScaling(scaling.rounding == "log-nearest", scaling.gain, scaling.code_bits)


def tables(parameters: OnTheFlyParameters, c_library) -> list[tuple[bytes, int]]:
    """From the golden model, from the Python driver and from the C driver."""
    scaling = parameters.scaling
    golden = parameters.scale_table
    shape = read_configuration(
        MockRegisters(Config(name="x", generator=generator_of(parameters)))
    ).shape
    given = Scaling(rounding=scaling.rounding, gain=scaling.gain, code_bits=scaling.code_bits)
    codes, base = scale_table(shape, parameters.bank.seeds, given)
    return [
        (golden.codes.tobytes(), golden.base),
        (codes.tobytes(), base),
        c_scale_table(c_library, c_config(parameters), parameters.bank.seeds, c_scaling(scaling)),
    ]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=any_on_the_fly())
def test_any_small_generator(drawn, c_library):
    parameters, _ = drawn
    if not parameters.rotate:
        parameters = OnTheFlyParameters(
            rngs=parameters.rngs,
            width=parameters.width,
            taps=parameters.taps,
            seeds=parameters.bank.seeds,
            format=parameters.format,
            scaling=parameters.scaling,
        )
    golden, python, c = tables(parameters, c_library)
    assert python == golden
    assert c == golden


@pytest.mark.parametrize(
    ("width", "rngs", "keys", "scaling"),
    [
        (8, 31, {}, {}),
        (14, 31, {"seed": 7}, {"code_bits": 3}),
        (14, 31, {"format": "midrise"}, {"rounding": "log-nearest", "gain": 0.72}),
        (8, 255, {}, {"code_bits": 1}),
        (18, 5, {"steps_per_cycle": 4}, {}),
        (18, 3, {"format": "midrise", "seed": 3}, {"gain": 1e-300, "code_bits": 8}),
        (18, 2, {"seed": 9}, {"gain": 1e300, "rounding": "log-nearest"}),
    ],
)
def test_real_sizes(width: int, rngs: int, keys: dict, scaling: dict, c_library):
    parameters = OnTheFlyParameters(
        width=width, rngs=rngs, **keys, scaling=ScalingParameters(**scaling)
    )
    golden, python, c = tables(parameters, c_library)
    assert python == golden
    assert c == golden


def test_c_names_what_it_refuses(c_library):
    parameters = on_the_fly().parameters
    good = CScaling(False, 1.0, 2)
    for seeds in ([0, *range(2, 8)], [32, *range(2, 8)]):
        with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
            c_scale_table(c_library, c_config(parameters), seeds, good)
    for bad in (CScaling(False, 0.0, 2), CScaling(False, 1.0, 0), CScaling(False, 1.0, 9)):
        with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
            c_scale_table(c_library, c_config(parameters), range(1, 8), bad)


@pytest.mark.parametrize(
    "keys", [{"rounding": "down"}, {"gain": 0.0}, {"gain": float("nan")}, {"code_bits": 9}]
)
def test_python_names_what_it_refuses(keys: dict):
    (name, value), *_ = keys.items()
    with pytest.raises(ArgumentError, match=f"^{name} = {value} is not allowed; allowed: "):
        Scaling(**keys)


def test_a_table_needs_the_room_that_fixed_point_has(c_library):
    """Seeds with a larger highest code than the built-in ones are refused by both drivers."""
    draw = random.Random(1)
    scaling = ScalingParameters(output="fixed-point", code_bits=3)
    base = OnTheFlyParameters(rngs=2, width=6, seed=2, scaling=scaling)
    outcomes = set()
    for _ in range(60):
        seeds = draw.sample(range(1, 64), 2)
        other = OnTheFlyParameters(rngs=2, width=6, seeds=seeds, scaling=base.scaling)
        fits = other.scale_table.codes.max() <= base.scale_table.codes.max()
        outcomes.add(bool(fits))
        try:
            c_scale_table(c_library, c_config(base), seeds, c_scaling(base.scaling))
        except CError:
            assert not fits
        else:
            assert fits
    assert outcomes == {True, False}
