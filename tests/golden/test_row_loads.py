"""Rows that are loaded: the numbers of that row and of no other, whatever the upper halves are."""

import random

import numpy as np
import pytest

from pezo_hw.golden import LoadInputs, RowLoads, row_words
from pezo_hw.parameters import PreGeneratedParameters, ReplayParameters, SystemOptions

POOL = PreGeneratedParameters(pool=60, lanes=4, width=6)


def load(loads: RowLoads, words: list[int]) -> None:
    """A row's words, one an edge, while no command is under way."""
    loads.edge(LoadInputs(begin=True, contents=True), rst=False, idle=True)
    left = list(words)
    while not loads.pins().done and not loads.pins().refused:
        word = left.pop(0) if loads.pins().ready and left else None
        loads.edge(LoadInputs(word=word), rst=False, idle=True)
    assert loads.pins().done
    loads.edge(LoadInputs(), rst=False, idle=True)


@pytest.mark.parametrize("above", [0, 0xFFFF_0000])
def test_the_row_shows_its_numbers_and_the_others_theirs(above: int):
    chance = random.Random(3)
    options = SystemOptions(load="contents")
    loads = RowLoads(ReplayParameters(generator=POOL, options=options), POOL)
    expected = np.array(POOL.quantised.mantissas).reshape(POOL.rows, POOL.lanes)
    for row in (0, POOL.rows - 1, 3, 3):
        numbers = [chance.randrange(-32, 32) for _ in range(POOL.lanes)]
        address, *words = row_words(POOL, row, numbers)
        load(loads, [address, *(word | above for word in words)])
        expected[row] = numbers
        shown = loads.sources[loads.source].window(0, POOL.rows).mantissa
        assert shown.tolist() == expected.tolist()
