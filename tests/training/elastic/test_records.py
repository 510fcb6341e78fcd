"""Runs that are kept: read again, cut short, damaged."""

import json
import math
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.training.elastic.learner import Outcome
from pezo_hw.training.elastic.records import Records
from pezo_hw.training.experiment.results import Score


def outcome(accuracy: float) -> Outcome:
    return Outcome(
        score=Score(accuracy=accuracy, loss=float("nan")), curve=(0.1, accuracy), seconds=0.5
    )


def never() -> Outcome:
    raise AssertionError("it has been run")


def test_what_has_been_run_is_not_run_again(tmp_path: Path):
    path = tmp_path / "new" / "runs.jsonl"
    records = Records(path)
    for index in range(3):
        records.get({"seed": index, "settings": {"a": 0.1}}, lambda i=index: outcome(i / 10))
    for again in (records, Records(path)):
        found = again.get({"settings": {"a": 0.1}, "seed": 2}, never)
        assert (found.score.accuracy, found.curve, found.seconds) == (0.2, (0.1, 0.2), 0.5)
    other = Records(path).get({"seed": 2, "settings": {"a": 0.2}}, lambda: outcome(0.9))
    assert other.score.accuracy == 0.9
    assert len(path.read_text().splitlines()) == 4


def test_what_an_interruption_has_left_is_run_again(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    for seed in (1, 2):
        Records(path).get({"seed": seed}, lambda: outcome(0.5))
    complete = path.read_bytes()
    first = complete.index(b"\n") + 1
    for length in (first + 1, len(complete) - 20, len(complete) - 1):
        path.write_bytes(complete[:length])
        assert Records(path).get({"seed": 1}, never).score.accuracy == 0.5
        Records(path).get({"seed": 2}, lambda: outcome(0.5))
        assert path.read_bytes() == complete


@pytest.mark.parametrize(
    "line", ["{}", "nonsense", '{"key": 1, "outcome": {"curve": []}}', "[]", "é"]
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str):
    path = tmp_path / "runs.jsonl"
    Records(path).get({"seed": 1}, lambda: outcome(0.5))
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(PezoError, match=r"runs.jsonl: line 2 is damaged; allowed: "):
        Records(path)


def test_a_place_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PezoError, match="cannot be written"):
        Records(tmp_path / "file" / "runs.jsonl").get({"seed": 1}, lambda: outcome(0.5))


def test_lines_are_json(tmp_path: Path):
    Records(tmp_path / "runs.jsonl").get({"seed": 1}, lambda: outcome(0.5))
    found = json.loads((tmp_path / "runs.jsonl").read_text())
    assert found["key"] == {"seed": 1}
    assert found["outcome"] == {
        "score": {"accuracy": 0.5, "loss": None},
        "curve": [0.1, 0.5],
        "seconds": 0.5,
    }
    assert math.isnan(Records(tmp_path / "runs.jsonl").get({"seed": 1}, never).score.loss)


def test_a_run_with_a_figure_that_cannot_be_is_damaged(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    Records(path).get({"seed": 1}, lambda: outcome(0.5))
    good = path.read_text()
    for old, new in (
        ('"accuracy": 0.5', '"accuracy": NaN'),
        ('"accuracy": 0.5', '"accuracy": 1.5'),
        ('"accuracy": 0.5', '"accuracy": true'),
        ('"accuracy": 0.5', '"accuracy": "0.5"'),
        ('"accuracy": 0.5', '"accuracy": 1' + "0" * 400),
        ('"loss": null', '"loss": 1e400'),
        ("[0.1, 0.5]", '"15"'),
        ("[0.1, 0.5]", "[null]"),
        ('{"seed": 1}', "[1]"),
        ("{", "[" * 10_000),
    ):
        path.write_text(good.replace(old, new, 1))
        with pytest.raises(PezoError, match=r"runs.jsonl: line 1 is damaged; allowed: "):
            Records(path)
