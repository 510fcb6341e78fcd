"""Loads of copies, cycle by cycle: how long they take, where they lead, what is shown then."""

from __future__ import annotations

import pytest

from pezo_hw.generators.pre_generated.copy_load_words import pool_words, start_words
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.load_check import with_check_word
from tests.generators.replay.test_load_model import edges, first_beat, models

COPIES = PreGeneratedParameters(pool=31, lanes=8, width=6)
NUMBERS = [number - 15 for number in range(31)]


@pytest.mark.parametrize(("pool", "lanes", "ports"), [(31, 8, 2), (28, 6, 2), (15, 2, 2)])
def test_how_long_a_pool_takes(pool: int, lanes: int, ports: int):
    parameters = PreGeneratedParameters(
        pool=pool, lanes=lanes, ports=ports, width=6, storage="copies"
    )
    model, loads = models(parameters)
    stored = pool + max(2, lanes // ports + 1)
    words = pool_words(parameters, [0] * pool)
    assert edges(model, loads, words, contents=True) == 1 + 1 + stored + 1 + 5
    assert edges(model, loads, start_words(parameters, 3), contents=False) == 8
    wrong = [*words[:-1], words[-1] ^ 1]
    assert edges(model, loads, wrong, contents=True) == -(1 + 1 + stored + 3)


def test_the_next_command_starts_with_the_loaded_number():
    model, loads = models(COPIES)
    first_beat(model, replay=False)
    for replay in (True, False):
        assert edges(model, loads, start_words(COPIES, 11), contents=False) > 0
        assert first_beat(model, replay=replay) == 11
        assert first_beat(model, replay=True) == 11
        assert first_beat(model, replay=False) == 11 + 8


def test_a_loaded_pool_is_shown_from_its_start():
    model, loads = models(COPIES)
    assert edges(model, loads, pool_words(COPIES, NUMBERS, start=20), contents=True) > 0
    assert first_beat(model, replay=False) == 20
    shown = loads.sources[loads.source].window(0, 31).mantissa
    assert shown.tolist() == [[NUMBERS[(8 * t + j) % 31] for j in range(8)] for t in range(31)]


def test_an_incomplete_pool_is_needed_until_all_of_one_has_come():
    model, loads = models(COPIES)
    words = pool_words(COPIES, NUMBERS)
    assert edges(model, loads, words[:-2], contents=True) == 0
    model.edge(rst=True, command=None, ready=True)
    assert loads.pins().needed
    model.edge(rst=False, command=None, ready=True)
    assert edges(model, loads, start_words(COPIES, 1), contents=False) > 0
    assert loads.pins().needed
    assert not model.pins().ready
    assert edges(model, loads, words, contents=True) > 0
    assert not loads.pins().needed
    assert model.pins().ready


@pytest.mark.parametrize("address", [0, 32, 1 << 31])
def test_an_address_of_no_number(address: int):
    model, loads = models(COPIES)
    assert edges(model, loads, with_check_word([address]), contents=False) == -4
