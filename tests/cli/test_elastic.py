"""``pezo elastic``."""

import json
from pathlib import Path

import pytest

from pezo_hw.cli.elastic import PACKAGES
from pezo_hw.training.elastic.parameters import VARIANTS
from tests.training.elastic.made_up import write_fashion


@pytest.fixture(autouse=True)
def packages(monkeypatch: pytest.MonkeyPatch):
    """Without PyTorch integers are trained all the same."""
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: name)


@pytest.mark.parametrize("module", PACKAGES)
def test_a_missing_extra_is_one_line(pezo, module: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(
        "pezo_hw.tools.extras.find_spec", lambda name: None if name == module else name
    )
    status, out, err = pezo("elastic", "-o", tmp_path)
    assert (status, out) == (2, "")
    assert (
        err == f'pezo: error: pezo elastic needs {module}; allowed: pip install "pezo-hw[train]"\n'
    )


def test_a_missing_data_set_is_one_line_with_its_package(pezo, tmp_path: Path):
    status, out, err = pezo("elastic", "--data", tmp_path / "none", "-o", tmp_path / "out")
    assert (status, out) == (2, "")
    assert err == (
        f"pezo: error: {tmp_path}/none: no such folder; allowed: the Debian package "
        "dataset-fashion-mnist, or --data and a folder with its four files\n"
    )
    assert not (tmp_path / "out").exists()


def test_an_unknown_variant_is_one_line(pezo, tmp_path: Path):
    status, out, err = pezo("elastic", "--variants", "zo,sgd", "-o", tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith('pezo: error: variants = "sgd" is not allowed; allowed: "zo" or ')
    assert err.count("\n") == 1


def test_few_perturbations_are_warned_about(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`row-pool` has 91 at most, all of which the integers use."""
    monkeypatch.setattr("pezo_hw.cli.elastic.read_fashion", lambda folder: None)
    monkeypatch.setattr("pezo_hw.training.elastic.experiment.Comparison.run", lambda self: [])
    monkeypatch.setattr("pezo_hw.training.elastic.plot.write_plots", lambda *arguments: [])
    for variants, times in (("zo,elastic-1", 2), ("control-1,bp", 0), ("int8-zo", 1)):
        command = ("elastic", "--source", "row-pool", "--variants", variants, "-o", tmp_path)
        status, _, err = pezo(*command)
        assert (status, err.count("warning: row-pool has ")) == (0, times)
        unused = f"warning: --source row-pool is not used by {variants.replace(',', ', ')}"
        assert (unused in err) == (variants == "control-1,bp")


@pytest.mark.slow
def test_table_plot_and_json(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("pezo_hw.training.elastic.fashion.VALIDATION", 20)
    data, folder = tmp_path / "data", tmp_path / "new"
    data.mkdir()
    write_fashion(data, training=60, test=20)
    command = (
        *("elastic", "--variants", "int8-control-1", "--seeds", 2, "--steps", 3, "--batch", 8),
        *("--data", data, "-o", folder),
    )
    status, out, err = pezo(*command)
    assert (status, err) == (0, "")
    assert "int8-control-1" in out
    files = ["plot.png", "plot.svg", "results.json", "runs.jsonl", "table.md"]
    assert sorted(path.name for path in folder.iterdir()) == files
    (row,) = json.loads((folder / "results.json").read_text())
    assert [len(row["outcomes"]), row["variant"]] == [2, "int8-control-1"]
    runs = (folder / "runs.jsonl").read_bytes()
    assert runs.count(b"\n") == 2 + len(VARIANTS["int8-control-1"].grid)
    results = (folder / "results.json").read_bytes()
    assert pezo(*command)[0] == 0
    assert (folder / "runs.jsonl").read_bytes() == runs
    assert (folder / "results.json").read_bytes() == results
