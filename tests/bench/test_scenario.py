"""Scenarios drive as many enabled edges as they say, and stall and reset as they should."""

import numpy as np
import pytest

from pezo_hw.bench.scenario import Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(5000), ids=lambda scenario: scenario.name)
@pytest.mark.parametrize("block", [16, 1000])
def test_the_number_of_edges(scenario: Scenario, block: int):
    rst, en = (np.concatenate(flags) for flags in zip(*scenario.controls(block), strict=True))
    first = 2 if scenario.reset_first else 0
    assert en[first:].sum() == scenario.edges
    assert en[-1]
    assert not rst[first:].any() or scenario.resets


def test_stalls_and_resets_happen_together_and_apart():
    scenario = scenarios(2000)[2]
    rst, en = (np.concatenate(flags) for flags in zip(*scenario.controls(512), strict=True))
    assert {(int(r), int(e)) for r, e in zip(rst, en, strict=True)} == {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    }
