"""Records of runs: what was written is read again, and nothing else is believed."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.training.language.records import Records, RunKey, RunResult

KEY = RunKey(task="rt", k=16, source="bp", seed=0, rate=1e-4, steps=5, batch=16, epsilon=1e-3)
RESULT = RunResult(
    test_accuracy=0.5,
    test_loss=math.inf,
    validation_accuracy=1.0,
    validation_loss=0.25,
    training_loss=0.75,
    texts="0123456789abcdef",
    device="cpu",
)


def test_what_was_written_is_read_again(tmp_path: Path):
    Records(tmp_path / "runs.jsonl").add([(KEY, RESULT)])
    again = Records(tmp_path / "runs.jsonl")
    assert again.keys == [KEY]
    assert again[KEY] == RESULT


@pytest.mark.parametrize("value", [math.nan, math.inf, 1.5, "0.5", True, [0.5], None, {}, 10**400])
def test_no_figure_of_another_kind_is_believed(tmp_path: Path, value: object):
    path = tmp_path / "runs.jsonl"
    Records(path).add([(KEY, RESULT)])
    content = json.loads(path.read_text())
    for name in content:
        if (name, value) in [(loss, v) for loss in content if "loss" in loss for v in (1.5, None)]:
            continue  # what a loss may be
        if name in ("rate", "epsilon") and value == 1.5:
            continue
        if name in ("task", "source", "texts", "device") and value == "0.5":
            continue
        path.write_text(json.dumps(content | {name: value}) + "\n")
        with pytest.raises(PezoError, match=r"runs.jsonl: line 1 is damaged; allowed: a record"):
            Records(path)


def test_runs_of_other_texts_are_not_believed(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    records = Records(path)
    records.add([(KEY, RESULT)])
    records.require_texts("rt", RESULT.texts)
    records.require_texts("bbc", "of another task")
    with pytest.raises(PezoError, match=r"holds runs of other texts of rt \(0123456789abcdef, not"):
        records.require_texts("rt", "fedcba9876543210")
