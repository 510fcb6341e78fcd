"""What good configurations become, and what they warn of."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import JointOrbitWarning, load
from pezo_hw.config import parse
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters

EVERYTHING = """
[perturbation]
strategy = "{strategy}"        # or "pre-generated"
[on-the-fly]
rngs = 31
width = 8
taps = [8, 6, 5, 4]            # optional
steps_per_cycle = 1
seed = 1                       # or seeds = [ … ]
rotate = true
format = "twos-complement"     # or "midrise"
lanes = 31
[scaling]
rounding = "nearest"           # or "log-nearest"
gain = 1.0
code_bits = 2
[pre-generated]
pool = 4095
width = 12
lanes = 8
seed = 0                       # or values = "pool.npy", N floats in (−1, 1)
leftover = "number"            # or "row"
storage = "copies"             # or "rows"
ports = 2
"""


def test_the_definitions_own_example_spells_out_the_defaults():
    full = parse(EVERYTHING.format(strategy="on-the-fly"), name="full")
    short = parse('[perturbation]\nstrategy = "on-the-fly"', name="full")
    assert full.resolved() == short.resolved() == load("paper-roberta").resolved()


def test_the_same_for_the_pool():
    full = parse(EVERYTHING.format(strategy="pre-generated"), name="full")
    short = parse('[perturbation]\nstrategy = "pre-generated"', name="full")
    assert full.resolved() == short.resolved() == load("paper-pool").resolved()


def test_every_key_arrives():
    text = """
    [perturbation]
    strategy = "on-the-fly"
    [on-the-fly]
    rngs = 3
    width = 9
    taps = [9, 4]
    steps_per_cycle = 2
    seeds = [7, 8, 9]
    rotate = false
    format = "midrise"
    lanes = 5
    [scaling]
    rounding = "log-nearest"
    gain = 2
    code_bits = 3
    """
    assert parse(text, name="x").parameters == OnTheFlyParameters(
        rngs=3,
        width=9,
        taps=[9, 4],
        steps_per_cycle=2,
        seeds=[7, 8, 9],
        rotate=False,
        format="midrise",
        lanes=5,
        scaling=ScalingParameters(rounding="log-nearest", gain=2.0, code_bits=3),
    )


def test_values_are_read_beside_the_config(tmp_path: Path):
    numbers = np.linspace(-0.9, 0.9, 12).astype(np.float32)
    np.save(tmp_path / "pool.npy", numbers)
    (tmp_path / "mine.toml").write_text(
        '[perturbation]\nstrategy = "pre-generated"\n'
        '[pre-generated]\npool = 12\nlanes = 4\nvalues = "pool.npy"\n'
    )
    config = load(tmp_path / "mine.toml")
    assert config.name == "mine"
    assert config.parameters == PreGeneratedParameters(
        pool=12, lanes=4, values=[float(x) for x in numbers]
    )
    assert config.resolved()["pre-generated"]["values"] == "pool.npy"


def test_a_collapsed_joint_orbit_is_named_with_its_numbers(tmp_path: Path, pezo):
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 31\nwidth = 10\n'
    with pytest.warns(JointOrbitWarning, match="factor 31: the joint orbit is 1023 cycles"):
        parse(text, name="collapsed")
    (tmp_path / "collapsed.toml").write_text(text)
    status, out, err = pezo("info", tmp_path / "collapsed.toml")
    assert status == 0
    assert err.startswith("pezo: warning: on-the-fly.rngs = 31 and 2^10 - 1 = 1023 share")
    assert err.count("\n") == 1
    assert "shares the factor 31" in " ".join(out.split())


@pytest.mark.parametrize("extra", ["width = 8", "width = 10\nrotate = false"])
def test_whole_orbits_warn_of_nothing(extra: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse(f'[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n{extra}\n', name="x")


def test_a_pool_does_not_warn_of_the_other_strategy():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse('[perturbation]\nstrategy = "pre-generated"\n[on-the-fly]\nwidth = 10', name="x")


def test_resolved_sections_load_to_the_same_parameters():
    config = load("paper-opt")
    section = config.resolved()["on-the-fly"]
    assert OnTheFlyParameters(**section).bank == config.parameters.bank  # type: ignore
