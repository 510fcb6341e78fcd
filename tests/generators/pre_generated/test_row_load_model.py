"""Rows that are loaded: the numbers of that row and of no other, whatever the upper halves are."""

import random

import numpy as np
import pytest

from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.pre_generated.row_load_model import RowLoads
from pezo_hw.generators.pre_generated.row_load_words import row_words
from pezo_hw.generators.replay.load_check import with_check_word
from pezo_hw.generators.replay.load_model import LoadInputs

POOL = PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6)


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
    loads = RowLoads(POOL, has_contents=True)
    expected = np.array(POOL.quantised.mantissas).reshape(POOL.rows, POOL.lanes)
    for row in (0, POOL.rows - 1, 3, 3):
        numbers = [chance.randrange(-32, 32) for _ in range(POOL.lanes)]
        address, check, *stored, _ = row_words(POOL, row, numbers)
        stored = [word | above for word in stored]
        *_, last_check = with_check_word(word & 0xFFFF for word in stored)
        load(loads, [address, check, *stored, last_check])
        expected[row] = numbers
        shown = loads.sources[loads.source].window(0, POOL.rows).mantissa
        assert shown.tolist() == expected.tolist()
