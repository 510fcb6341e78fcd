"""Runs that are kept: read again, cut short, damaged."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.checks import integer, real
from pezo_hw.training.kept_runs import KeptRuns


@dataclass(frozen=True, kw_only=True)
class Key:
    """A run by its seed and its settings."""

    seed: int
    settings: Mapping[str, float] = field(hash=False)

    def __post_init__(self) -> None:
        integer("seed", self.seed, 0)


@dataclass(frozen=True, kw_only=True)
class Result:
    """Of a run, a loss and a curve."""

    loss: float
    curve: tuple[float, ...]

    @classmethod
    def read(cls, *, loss: object, curve: list[object]) -> "Result":
        accuracies = tuple(real("curve", point) for point in curve)
        return cls(loss=math.nan if loss is None else real("loss", loss), curve=accuracies)


def kept(path: Path) -> KeptRuns[Key, Result]:
    return KeptRuns(path, Key, Result.read, "a line of these tests")


def key(seed: int, rate: float = 0.5) -> Key:
    return Key(seed=seed, settings={"rate": rate})


def result(loss: float = 0.25) -> Result:
    return Result(loss=loss, curve=(0.1, 1 / 3))


def never() -> Result:
    raise AssertionError("it has been run")


def test_what_has_been_run_is_not_run_again(tmp_path: Path):
    path = tmp_path / "new" / "runs.jsonl"
    runs = kept(path)
    for seed in range(3):
        runs.get(key(seed), lambda seed=seed: result(seed / 3))
    for again in (runs, kept(path)):
        assert again.get(key(2), never) == again[key(2)] == result(2 / 3)
        assert again.keys == [key(0), key(1), key(2)]
        assert key(1) in again
        assert key(1, rate=0.25) not in again
    assert kept(path).get(key(1, rate=0.25), lambda: result(9)) == result(9)
    assert kept(path).keys == [key(0), key(1), key(2), key(1, rate=0.25)]


def test_runs_of_another_process_are_kept(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    one, other = kept(path), kept(path)
    one.add([(key(1), result())])
    other.add([(key(2), result()), (key(3), result())])
    assert kept(path).keys == [key(1), key(2), key(3)]


def test_a_run_that_fails_leaves_nothing(tmp_path: Path):
    runs = kept(tmp_path / "runs.jsonl")
    with pytest.raises(AssertionError):
        runs.get(key(1), never)
    assert key(1) not in runs
    assert not (tmp_path / "runs.jsonl").exists()


def test_what_an_interruption_has_left_is_run_again(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    for seed in (1, 2):
        kept(path).get(key(seed), result)
    complete = path.read_bytes()
    first = complete.index(b"\n") + 1
    for length in (first + 1, len(complete) - 20, len(complete) - 1):
        path.write_bytes(complete[:length])
        assert kept(path).get(key(1), never) == result()
        kept(path).get(key(2), result)
        assert path.read_bytes() == complete


def test_lines_are_json(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    kept(path).get(key(1), lambda: result(math.inf))
    assert json.loads(path.read_text()) == {
        "seed": 1,
        "settings": {"rate": 0.5},
        "loss": None,
        "curve": [0.1, 1 / 3],
    }
    assert math.isnan(kept(path)[key(1)].loss)


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "nonsense",
        "[]",
        "é",
        '{"seed": 2, "settings": {}, "loss": 1}',
        '{"seed": 2, "settings": {}, "loss": 1, "curve": [], "more": 1}',
        '{"seed": 2.5, "settings": {}, "loss": 1, "curve": []}',
        '{"settings": {}, "loss": 1, "curve": []}',
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str):
    path = tmp_path / "runs.jsonl"
    kept(path).get(key(1), result)
    path.write_text(path.read_text() + line + "\n")
    allowed = "line 2 is damaged; allowed: a line of these tests; or another folder"
    with pytest.raises(PezoError, match=rf"runs.jsonl: {allowed}$"):
        kept(path)


def test_a_place_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PezoError, match="cannot be written"):
        kept(tmp_path / "file" / "runs.jsonl").get(key(1), result)
