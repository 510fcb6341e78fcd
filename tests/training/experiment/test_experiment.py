"""The experiment itself, small: data, models, pre-training, fine-tuning, tuning, going on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pezo_hw.training import ZOSGDParameters
from pezo_hw.training.experiment.parameters import MODELS, TUNING_SEEDS, ExperimentParameters
from pezo_hw.training.experiment.records import Records
from pezo_hw.training.experiment.results import Results, markdown
from pezo_hw.training.sources import find_source

torch = pytest.importorskip("torch")
pytest.importorskip("sklearn")

from pezo_hw.training.experiment import experiment  # noqa: E402
from pezo_hw.training.experiment.digits import KNOWN_CLASSES, read_digits  # noqa: E402
from pezo_hw.training.experiment.experiment import Experiment  # noqa: E402
from pezo_hw.training.experiment.fine_tuning import FineTuning, score  # noqa: E402
from pezo_hw.training.experiment.models import create_model, pretrain  # noqa: E402

SETTINGS = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-3, schedule="linear", steps=300)


@pytest.fixture(autouse=True)
def one_thread():
    """Small models; threads that wait for each other take many times as long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def fine_tuning(model, source: str = "gaussian", settings=SETTINGS, seed: int = 1) -> FineTuning:
    digits = read_digits()
    return FineTuning(
        model,
        find_source(source),
        settings,
        training=digits.training,
        evaluation=digits.test,
        seed=seed,
        batch=64,
    )


def test_parts_of_the_data():
    digits = read_digits()
    sizes = [len(part.labels) for part in (digits.training, digits.validation, digits.test)]
    assert sizes == [1000, 300, 497]
    rows = {tuple(image.tolist()) for part in digits[1:] for image in part.images}
    assert len(rows) == 1797  # no digit is there twice, so that no part knows another's
    assert set(digits.known.labels.tolist()) == set(range(KNOWN_CLASSES))
    assert set(digits.test.labels.tolist()) == set(range(10))
    assert (digits.test.images.min(), digits.test.images.max()) == (0, 1)


def test_batches_by_key():
    part = read_digits().training
    first, again, other = (part.batch(8, key) for key in [(1, 2), (1, 2), (2, 1)])
    assert torch.equal(first.images, again.images)
    assert not torch.equal(first.images, other.images)


@pytest.mark.parametrize(("name", "size"), [("mlp", 2410), ("attention", 3818)])
def test_models(name: str, size: int):
    model = create_model(name, 3)
    assert sum(parameter.numel() for parameter in model.parameters()) == size
    images = torch.rand(5, 64)
    assert model(images).shape == (5, 10)
    assert torch.equal(create_model(name, 3)(images), model(images))
    assert not torch.equal(create_model(name, 4)(images), model(images))


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_pretraining_knows_its_half_and_nothing_else(name: str):
    digits = read_digits()
    model = pretrain(name, digits, 1)
    assert score(model, digits.known).accuracy > 0.97
    is_new = digits.test.labels >= KNOWN_CLASSES
    new = type(digits.test)(digits.test.images[is_new], digits.test.labels[is_new])
    assert score(model, new).accuracy < 0.05


def test_fine_tuning_learns_and_leaves_its_start_alone():
    digits = read_digits()
    model = pretrain("mlp", digits, 1)
    before = score(model, digits.test)
    run = fine_tuning(model).run()
    assert score(model, digits.test) == before
    assert run.curve[0] == before.accuracy
    assert run.curve[-1] == run.score.accuracy > before.accuracy + 0.05
    assert len(run.curve) == 21
    assert fine_tuning(model).run().curve == run.curve
    assert fine_tuning(model, seed=2).run().curve != run.curve


def test_a_run_that_diverges_stops():
    model = create_model("attention", 0)
    wild = ZOSGDParameters(learning_rate=1e6, epsilon=1.0, schedule="linear", steps=50)
    tuning = fine_tuning(model, "integer-uniform", wild)
    run = tuning.run()
    assert tuning.optimizer.steps_done < 50
    assert run.score.accuracy < 0.3


@pytest.mark.slow
def test_every_source_is_tuned_on_the_same_grid(tmp_path: Path):
    parameters = ExperimentParameters(
        sources=("gaussian", "integer-uniform"),
        seeds=2,
        steps=150,
        learning_rates=(3e-6, 1e-2),
        epsilons=(1e-3,),
    )
    runs = []
    records = Records(tmp_path / "runs.jsonl")
    results = Experiment(parameters, records, lambda: runs.append(1)).run()
    assert len(runs) == parameters.runs == 16
    assert [(p.source, p.settings.learning_rate) for p in results.grid] == [
        (source, eta) for source in parameters.sources for eta in (3e-6, 1e-2)
    ]
    assert [outcome.settings.learning_rate for outcome in results.common] == [1e-2, 1e-2]
    assert [outcome.settings.learning_rate for outcome in results.tuned] == [1e-2, 3e-6]
    assert results.common[0].runs[0].score == results.tuned[0].runs[0].score
    assert results.common[1].worse_runs == 2
    assert len(results.before) == 2


SMALL = ExperimentParameters(
    sources=("gaussian", "row-pool"),
    seeds=2,
    steps=3,
    batch=4,
    learning_rates=(1e-6, 1e-2),
    epsilons=(1e-3,),
)
# Each of them once, though the tables have the reference's twice at least.
LEAST, MOST = 2 * 4 + 4, 2 * 4 + 6


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seeds of the runs that are done; models know nothing before, which takes no time."""
    monkeypatch.setattr(experiment, "pretrain", lambda name, digits, seed: create_model(name, seed))
    seeds: list[int] = []

    class Told(FineTuning):
        def __init__(self, *arguments, seed: int, **others) -> None:
            seeds.append(seed)
            super().__init__(*arguments, seed=seed, **others)

    monkeypatch.setattr(experiment, "FineTuning", Told)
    return seeds


def run_in(path: Path, parameters=SMALL, on_run=lambda: None) -> Results:
    return Experiment(parameters, Records(path), on_run).run()


def without_speeds(results: Results) -> tuple[str, str]:
    """What the command writes, but for the steps per second."""

    def still(outcome):
        return replace(
            outcome, runs=tuple(replace(run, steps_per_second=1.0) for run in outcome.runs)
        )

    common, tuned = (tuple(map(still, found)) for found in (results.common, results.tuned))
    alike = replace(results, common=common, tuned=tuned)
    return json.dumps(alike.as_dict(), allow_nan=False), markdown(alike)


def test_what_was_ended_goes_on_with_what_is_missing(tmp_path: Path, trained: list[int]):
    complete = run_in(tmp_path / "complete.jsonl")
    in_all = len(trained)
    assert LEAST <= in_all <= MOST
    path = tmp_path / "runs.jsonl"
    for most in (3, 9):  # in the grid, and behind it
        told: list[int] = []

        def end(told=told, most=most) -> None:
            told.append(1)
            if len(told) == most:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_in(path, on_run=end)
        assert len(trained) == in_all + most
        with path.open("a") as file:
            file.write('{"model": "mlp", "sour')  # cut short
    ended = run_in(path)
    assert len(trained) == 2 * in_all
    assert without_speeds(ended) == without_speeds(complete)
    lines = [path.read_text().splitlines() for path in (path, tmp_path / "complete.jsonl")]
    found, expected = ([json.loads(line) for line in some] for some in lines)
    assert [one | {"steps_per_second": 1} for one in found] == [
        one | {"steps_per_second": 1} for one in expected
    ]
    about = {(one["seed"] in TUNING_SEEDS, one["part"]) for one in found}
    assert about == {(True, "validation"), (False, "test")}
    again = run_in(path)  # of what is there to the same bytes, speeds and all
    assert len(trained) == 2 * in_all
    assert json.dumps(again.as_dict()) == json.dumps(ended.as_dict())


def test_other_runs_in_the_same_file_are_other_runs(
    tmp_path: Path, trained: list[int], monkeypatch: pytest.MonkeyPatch
):
    path, config = tmp_path / "runs.jsonl", tmp_path / "mine.toml"
    moved = tmp_path / "moved.toml"
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = {}\nwidth = 8\n'
    config.write_text(text.format(7))
    own = replace(SMALL, sources=(str(config),), seeds=1)
    run_in(path, own)
    in_all = len(trained)
    assert (run_in(path, own), len(trained)) == (run_in(path, own), in_all)
    config.rename(moved)
    run_in(path, replace(own, sources=(str(moved),)))
    assert len(trained) == in_all  # the same numbers under another name
    config.write_text(text.format(5))

    def start_elsewhere(name, digits, seed):
        return create_model(name, seed + 100)

    for changes in ({}, {"steps": 4}, {"batch": 5}, {"model": "attention"}):
        before = len(trained)
        run_in(path, replace(own, **changes))
        assert len(trained) == before + 5, changes
    more = len(trained)
    run_in(path, replace(own, seeds=2))
    assert len(trained) == more + 1
    monkeypatch.setattr(experiment, "pretrain", start_elsewhere)
    run_in(path, own)
    assert len(trained) == more + 1 + 5
    digits = read_digits()
    labels = digits.test.labels.flip(0)
    other = digits._replace(test=digits.test._replace(labels=labels))
    monkeypatch.setattr(experiment, "read_digits", lambda: other)
    run_in(path, own)
    assert len(trained) == more + 1 + 5 + 5
