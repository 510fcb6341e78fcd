"""What the manifest adds to the registers, and that it belongs to the device."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pezo_hw.config import Config
from pezo_hw.driver import ArgumentError, BuiltIn, NotFoundError, PerturbationDevice, Scaling
from pezo_hw.emit import emit_core
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from tests.cases import mostly_slow
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters


@cache
def manifest_text(config: Config) -> str:
    core = emit_core(config, system="axi")
    return core.files[f"{core.top}.json"]


def manifest(config: Config, folder: Path) -> Path:
    path = folder / "top.json"
    path.write_text(manifest_text(config), encoding="utf-8")
    return path


# One worker emits what two tests read.
@pytest.mark.xdist_group("built-in")
@pytest.mark.parametrize("name", mostly_slow(CONFIGS, "small", "midrise", "pool"))
def test_every_manifest_fits_its_device(name: str, tmp_path: Path):
    config = CONFIGS[name]
    built_in = BuiltIn.from_manifest(manifest(config, tmp_path))
    parameters = config.parameters
    device = PerturbationDevice(MockRegisters(config), built_in=built_in)
    assert device.configuration.shape == built_in.shape
    if not isinstance(parameters, OnTheFlyParameters):
        assert built_in.seeds == ()
        return
    scaling = parameters.scaling
    assert built_in.seeds == parameters.bank.seeds
    assert built_in.scaling == Scaling(
        rounding=scaling.rounding, gain=scaling.gain, code_bits=scaling.code_bits
    )


@pytest.mark.xdist_group("built-in")
@pytest.mark.parametrize(
    ("other", "message"),
    [
        (on_the_fly(rngs=6, lanes=7), r"^rngs = 6 in the device .* 7, as the manifest says$"),
        (on_the_fly(lanes=9), r"^lanes = 9 in the device"),
        (on_the_fly(width=6), r"^width = 6 in the device"),
        (on_the_fly(taps=[5, 4, 3, 2]), r"^taps = \(5, 4, 3, 2\) .* allowed: \(5, 3\)"),
        (on_the_fly(steps_per_cycle=3), r"^steps_per_cycle = 3 in the device"),
        (on_the_fly(format="midrise"), r"^midrise = True in the device"),
        (pre_generated(), r"^strategy = pre-generated in the device .* allowed: on-the-fly"),
    ],
)
def test_the_manifest_of_another_device(other: Config, message: str, tmp_path: Path):
    built_in = BuiltIn.from_manifest(manifest(CONFIGS["small"], tmp_path))
    with pytest.raises(NotFoundError, match=message):
        PerturbationDevice(MockRegisters(other), built_in=built_in)


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"config": {"perturbation": 3}}'])
def test_no_manifest(text: str | None, tmp_path: Path):
    path = tmp_path / "top.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"^manifest = .*top\.json is not allowed .* pezo gene"):
        BuiltIn.from_manifest(path)


def test_a_file_beyond_any_manifest_is_not_read(tmp_path: Path):
    path = tmp_path / "top.json"
    with path.open("wb") as file:
        file.truncate((1 << 26) + 1)
    with pytest.raises(ArgumentError, match="no file, or too large"):
        BuiltIn.from_manifest(path)


def test_seeds_of_another_device():
    with pytest.raises(ArgumentError, match=r"^number of seeds = 3"):
        PerturbationDevice(MockRegisters(on_the_fly()), built_in=BuiltIn(seeds=(1, 2, 3)))


@pytest.mark.xdist_group("built-in")
def test_a_manifest_that_says_what_cannot_be_is_one_printable_line(tmp_path: Path):
    path = manifest(CONFIGS["small"], tmp_path)
    text = path.read_text()
    for key, value in (
        ("gain", "true"),
        ("gain", '"1"'),
        ("gain", "1e400"),
        ("code_bits", "2.0"),
        ("rounding", '"\\u001b[31m"'),
        ("strategy", '"\\u202e"'),
    ):
        changed = re.sub(rf'(?<="{key}": )[^,\n]+', lambda _, said=value: said, text, count=1)
        assert changed != text
        path.write_text(changed)
        with pytest.raises(ArgumentError) as error:
            BuiltIn.from_manifest(path)
        assert str(error.value).isprintable(), key
    (tmp_path / "esc\x1b\n.json").write_text("{")
    with pytest.raises(ArgumentError, match=r"esc\\x1b\\n.json is not allowed"):
        BuiltIn.from_manifest(tmp_path / "esc\x1b\n.json")
