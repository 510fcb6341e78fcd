"""``pezo train``."""

import json
from pathlib import Path

import pytest

from pezo_hw.training.experiment.parameters import PACKAGES


@pytest.mark.parametrize("module", PACKAGES)
def test_a_missing_extra_is_one_line(pezo, module: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(
        "pezo_hw.tools.extras.find_spec", lambda name: None if name == module else name
    )
    status, out, err = pezo("train", "-o", tmp_path)
    assert (status, out) == (2, "")
    assert err == (
        f'pezo: error: pezo train needs {PACKAGES[module]}; allowed: pip install "pezo-hw[train]"\n'
    )


@pytest.mark.slow
def test_table_plot_and_json(pezo, tmp_path: Path):
    pytest.importorskip("torch")
    folder = tmp_path / "new"
    status, out, err = pezo(
        *("train", "--sources", "paper-roberta,rademacher", "--seeds", 2, "--steps", 20),
        *("--model", "mlp", "-o", folder),
    )
    assert (status, err) == (0, "")
    assert out.count("rademacher") == 2
    assert out.count("paper-roberta") == 3  # the reference is in a title as well
    assert out.count("before") == 2
    files = ["plot.png", "plot.svg", "results.json", "table.md"]
    assert sorted(path.name for path in folder.iterdir()) == files
    results = json.loads((folder / "results.json").read_text())
    assert results["parameters"]["steps"] == 20
    assert [len(outcome["runs"]) for outcome in results["tuned"]] == [2, 2]
    assert len(results["grid"]) == 2 * 12


def test_an_unknown_source_is_one_line(pezo, tmp_path: Path):
    pytest.importorskip("torch")
    status, out, err = pezo("train", "--sources", "gaussian,gauss", "-o", tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith("pezo: error: there is no source gauss; allowed: ")
    assert err.count("\n") == 1
