"""Both cores over unusual configurations, against the cycle model."""

from pathlib import Path

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.rtl.fill_counter import FillCounter
from tests.cases import BOTH, ON_THE_FLY, PRE_GENERATED
from tests.making import generator_of, pointed
from tests.rtl.simulation import run


@pytest.mark.parametrize("name", ON_THE_FLY)
@pytest.mark.parametrize("architecture", ["ring", "pointer"])
def test_on_the_fly(name: str, architecture: str, tmp_path: Path):
    text = pointed(BOTH[name]) if architecture == "pointer" else BOTH[name]
    run(text, "core", tmp_path)


@pytest.mark.parametrize("name", PRE_GENERATED)
def test_pre_generated(name: str, tmp_path: Path):
    run(BOTH[name], "core", tmp_path)


@pytest.mark.parametrize("name", ["smallest", "two-counters"])
def test_a_valid_that_rises_late_is_seen(name: str, tmp_path: Path, monkeypatch):
    right = FillCounter.__init__
    monkeypatch.setattr(FillCounter, "__init__", lambda self, n: right(self, n + 1))
    with pytest.raises(AssertionError, match="valid is 0, expected 1"):
        run(BOTH[name], "core", tmp_path)


def test_an_unknown_architecture_is_named():
    with pytest.raises(ConfigError, match='"ring" or "pointer"'):
        OnTheFlyParameters(architecture="barrel")


def test_lanes_that_no_storage_serves_have_no_core():
    with pytest.raises(ConfigError, match=r"pre-generated.lanes = 6 .* near 6: 2, 4, 8, "):
        generator_of(PreGeneratedParameters(lanes=6)).create()
