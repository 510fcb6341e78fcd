"""Perturbations at drawn starts: every start once, whatever the length, and not a cycle lost."""

from __future__ import annotations

import pytest

from tests.cases import DRAWN, DRAWN_ROWS
from tests.reference import PreGenerated
from tests.systems.replay.test_unused import Taker

ROWS = 'leftover = "row"\nstorage = "rows"\n'


def expected(pool: list[int], jump: int, size: int, count: int) -> list[tuple[int, ...]]:
    """Number by number from each start, the starts counted by hand."""
    found, start = [], 0
    for _ in range(count):
        found.append(tuple(pool[(start + i) % len(pool)] for i in range(size)))
        start = (start + jump) % len(pool)
    return found


@pytest.mark.parametrize(
    ("pool", "lanes", "more", "jump"),
    [(31, 8, "", 19), (28, 6, "", 17), (63, 4, "ports = 1\n", 38), (127, 1, ROWS, 78)],
)
def test_a_whole_orbit_has_every_start_once(pool: int, lanes: int, more: str, jump: int):
    text = DRAWN + f"pool = {pool}\nlanes = {lanes}\nwidth = 6\n{more}"
    numbers, _ = PreGenerated(pool=pool, width=6, lanes=lanes).numbers()
    # A number alone can be any of several.
    for beats in (1, 3) if lanes > 1 else (4, 6):
        size = beats * lanes
        taker = Taker(text, size, pool + 1)
        found = taker.perturbations(size)
        assert found == expected(numbers, jump, size, pool + 1)
        assert len(set(found)) == pool
        assert taker.cycles <= (pool + 1) * (beats + 1) + 2


@pytest.mark.slow
@pytest.mark.parametrize("storage", ["copies", "rows"])
def test_the_presets_pools_give_every_perturbation_that_there_is(storage: str):
    """A whole orbit of commands, and the first one again."""
    if storage == "copies":
        text, lanes, starts, jump, size = DRAWN, 8, 4095, 2528, 13
    else:
        text, lanes, starts, jump, size = DRAWN_ROWS + "lanes = 45\n", 45, 91, 55, 90
    taker = Taker(text, -(-size // lanes) * lanes, starts + 1)
    found = taker.perturbations(size)
    numbers, _ = PreGenerated(lanes=lanes).numbers()
    unit = 1 if storage == "copies" else lanes
    assert found == expected(numbers, unit * jump, size, starts + 1)
    assert len(set(found)) == starts
    assert found[-1] == found[0]
    assert taker.cycles <= (starts + 1) * (taker.beats + 1) + 2


def test_a_replay_does_not_move_the_next_start():
    text = DRAWN + "pool = 31\nlanes = 8\nwidth = 6\n"
    taker = Taker(text, 8, 12, replays=True)
    numbers, _ = PreGenerated(pool=31, width=6, lanes=8).numbers()
    twice = [one for one in expected(numbers, 19, 8, 12) for _ in range(2)]
    assert taker.perturbations(8) == twice
