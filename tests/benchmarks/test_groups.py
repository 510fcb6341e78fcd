"""The groups of measures, as small as they go: what they measure, not how much."""

from pathlib import Path

import pytest

from pezo_hw import load, preset_names
from pezo_hw.benchmarks import verilated_model
from pezo_hw.benchmarks.arrays import (
    measure_mantissas,
    measure_perturbing,
    measure_random_access,
    measure_sources,
    measure_values,
)
from pezo_hw.benchmarks.fresh_process import MOST_MEGABYTES, peak_megabytes, seconds_to_first_number
from pezo_hw.benchmarks.measure import measured_presets
from pezo_hw.benchmarks.verilated_model import measure_cycles


def nothing() -> None:
    pass


def test_arrays_without_pytorch():
    values = measure_values(1000, 1, nothing, None)
    assert {(m.measure, m.preset, m.at_least) for m in values} == {
        (f"float32 : {other}", preset, target)
        for other, target in (("np.copyto", 0.8), ("standard_normal", 20.0))
        for preset in ("paper-roberta", "paper-opt")
    }
    measures = [*values, *measure_mantissas(1000, 1, nothing), *measure_random_access(1, nothing)]
    assert all(m.ours > 0 and m.theirs > 0 for m in measures)


def test_arrays_with_pytorch():
    torch = pytest.importorskip("torch")
    against = {m.measure for m in measure_values(1000, 1, nothing, torch)}
    assert "float32 : torch normal_" in against
    assert [m.preset for m in measure_perturbing(1000, 1, nothing, torch)] == measured_presets()
    found = measure_sources((1000, 2000), 1, nothing, torch)
    assert [(m.measure, m.preset) for m in found] == [
        (f"source : MeZO, {count} M", name)
        for count in (0.001, 0.002)
        for name in ("gaussian", "rademacher", "uniform")
    ]
    assert {1 / m.at_least for m in found} == {1.1}


def test_what_the_others_replace_is_not_measured():
    assert {"mezo"} == {*preset_names()} - {*measured_presets()}


def test_what_is_asked_of_the_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The table of paper-opt has 31 MB, which no cache holds."""
    monkeypatch.setattr(verilated_model, "require_simulator", lambda simulator: None)
    monkeypatch.setattr(verilated_model, "_build", lambda name, folder: folder)
    monkeypatch.setattr(verilated_model, "_simulation_rate", lambda program, count: lambda: 1.0)
    monkeypatch.setattr(verilated_model, "_stream_rate", lambda name, count: lambda: 26.0)
    found = measure_cycles(measured_presets(), tmp_path, 1, 1, nothing)
    asked = dict.fromkeys(measured_presets(), 30.0) | {"paper-opt": 25.0}
    assert {measure.preset: measure.at_least for measure in found} == asked
    assert [measure.preset for measure in found if measure.is_reached] == ["paper-opt"]


@pytest.mark.slow
def test_the_verilator_model_runs(tmp_path: Path):
    (measure,) = measure_cycles(["paper-roberta"], tmp_path, 1000, 1, nothing)
    assert measure.theirs > 0
    assert measure.at_least == 30.0


@pytest.mark.slow
@pytest.mark.parametrize("name", measured_presets())
def test_perturbing_takes_little_memory(name: str):
    assert 0 < peak_megabytes(name) <= MOST_MEGABYTES


@pytest.mark.slow
def test_so_it_does_with_the_widest_registers(tmp_path: Path):
    config = tmp_path / "wide.toml"
    config.write_text('[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nwidth = 18\n')
    assert load(str(config)).parameters.lanes == 31
    assert 60 < peak_megabytes(str(config)) <= MOST_MEGABYTES


def test_a_fresh_process_gives_its_first_number():
    assert seconds_to_first_number("paper-pool") > 0
