"""The beats of one perturbation after another, against the independent readings of the streams."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pytest

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from tests.making import replay_of
from tests.reference import OnTheFly, PreGenerated

LENGTHS = [2, 1, 3]
POOL = {"pool": 31, "lanes": 8, "width": 6}


def test_a_bank_goes_on_where_it_was():
    plan = replay_of(OnTheFlyParameters(rngs=5, width=6)).plan
    mantissas, codes = plan.perturbations(LENGTHS)
    expected = list(islice(OnTheFly(rngs=5, width=6).cycles(), sum(LENGTHS)))
    assert list(zip(codes.tolist(), mantissas.tolist(), strict=True)) == expected


# The largest number up to 31 / golden ratio = 19.16 that is coprime to 31 is 19.
@pytest.mark.parametrize(("start", "starts"), [("next", [0, 16, 24]), ("drawn", [0, 19, 38])])
def test_a_pool_starts_with_the_next_number_or_a_jump_on(start: str, starts: Sequence[int]):
    plan = replay_of(PreGeneratedParameters(**POOL, start=start)).plan
    mantissas, codes = plan.perturbations(LENGTHS)
    numbers, _ = PreGenerated(**POOL).numbers()
    assert mantissas.tolist() == [
        [numbers[(first + 8 * beat + lane) % 31] for lane in range(8)]
        for first, length in zip(starts, LENGTHS, strict=True)
        for beat in range(length)
    ]
    assert codes.tolist() == [0] * sum(LENGTHS)


def test_a_pool_of_rows_goes_on_row_by_row():
    plan = replay_of(PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6)).plan
    mantissas, _ = plan.perturbations(LENGTHS)
    cycles = PreGenerated(pool=60, lanes=4, width=6).cycles()
    assert mantissas.tolist() == [row for _, row in islice(cycles, sum(LENGTHS))]
