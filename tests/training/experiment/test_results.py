"""Statistics, tables and JSON of results made up by hand."""

import json
import math

import pytest

from pezo_hw import PezoError
from pezo_hw.training.experiment.parameters import TUNING_SEEDS, ExperimentParameters
from pezo_hw.training.experiment.results import (
    HEADINGS,
    markdown,
    mean_and_deviation,
    row_before,
    rows,
)
from tests.training.experiment.made_up import RESULTS


def test_mean_and_sample_deviation():
    assert mean_and_deviation([1.0, 2.0, 6.0]) == pytest.approx((3.0, math.sqrt(7)))
    assert mean_and_deviation([4.0]) == (4.0, 0.0)
    assert mean_and_deviation([4.0, math.nan]) == (math.inf, math.inf)


def test_an_outcome_over_its_seeds():
    gaussian, raw = RESULTS.common
    assert (gaussian.worse_runs, raw.worse_runs) == (0, 2)
    assert raw.steps_per_second == 1001
    assert gaussian.curve == pytest.approx([0.5, 0.6, 0.92])


def test_rows_of_text():
    assert row_before(RESULTS) == ("before", "", "", "50.0 ± 0.0", "4.00 ± 0.00", "", "")
    assert rows(RESULTS.common) == [
        ("gaussian", "0.01", "0.001", "92.0 ± 2.0", "0.40 ± 0.10", "0 of 3", "1,001"),
        ("raw", "0.01", "0.001", "24.3 ± 23.1", "∞", "2 of 3", "1,001"),
    ]


def test_markdown_has_a_cell_for_every_heading():
    lines = markdown(RESULTS).splitlines()
    assert len(lines) == 3 + 2 * (1 + 2)
    assert all(line.count(" | ") == len(HEADINGS) - 1 for line in lines)
    assert lines[3].startswith("| **at the best setting of gaussian** |")


def test_json_has_no_numbers_that_json_lacks():
    text = json.dumps(RESULTS.as_dict(), allow_nan=False)
    loaded = json.loads(text)
    assert loaded["grid"][0]["scores"] == [{"accuracy": 0.1, "loss": None}]
    assert loaded["common"][1]["runs"][1]["score"]["loss"] is None
    assert loaded["tuned"][1]["settings"]["learning_rate"] == 3e-6
    assert loaded["parameters"]["sources"] == ["gaussian", "raw"]


def test_the_runs_that_progress_counts():
    parameters = ExperimentParameters(
        sources=("a", "b"), seeds=3, learning_rates=(0.1, 0.2), epsilons=(0.1, 0.2, 0.3)
    )
    assert parameters.runs == 2 * (6 * 2 + 2 * 3)
    assert set(parameters.test_seeds).isdisjoint(TUNING_SEEDS)
    assert len(parameters.test_seeds) == 3
    assert [(s.learning_rate, s.epsilon) for s in parameters.grid][:2] == [(0.1, 0.1), (0.1, 0.2)]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"model": "gpt"}, "model"),
        ({"sources": ()}, "sources"),
        ({"sources": ("a", "a")}, "sources"),
        ({"seeds": 0}, "seeds"),
        ({"steps": 0}, "steps"),
        ({"batch": 0}, "batch"),
        ({"epsilons": ()}, "learning_rates"),
    ],
)
def test_settings_that_are_not_allowed(values: dict, key: str):
    with pytest.raises(PezoError, match=rf"^{key} = "):
        ExperimentParameters(**({"sources": ("a",)} | values))
