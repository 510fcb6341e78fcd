"""The model of commands against a list that is written beat by beat."""

from __future__ import annotations

import random

import pytest

from pezo_hw.systems.replay.model import Command, ReplayModel


def taken(model: ReplayModel, command: Command, chance: random.Random) -> list[tuple[int, bool]]:
    """The beats of a command with their last flags, under random stalls."""
    while not model.pins().ready:
        model.edge(rst=False, command=None, ready=True)
    model.edge(rst=False, command=command, ready=True)
    beats = []
    while not model.pins().ready:
        pins, ready = model.pins(), chance.random() < 0.5
        if pins.beat is not None and ready:
            beats.append((pins.beat, pins.last))
        model.edge(rst=False, command=None, ready=ready)
    return beats


def beats_of(first: int, count: int) -> list[tuple[int, bool]]:
    return [(first + i, i == count - 1) for i in range(count)]


@pytest.mark.parametrize("lead", [1, 5])
def test_new_goes_on_and_replay_goes_back(lead: int):
    model, chance = ReplayModel(lead), random.Random(1)
    start = position = 0
    for _ in range(60):
        command = Command(beats=chance.randrange(1, 9), replay=chance.random() < 0.5)
        start = start if command.replay else position
        assert taken(model, command, chance) == beats_of(start, command.beats)
        position = start + command.beats


def test_a_reset_starts_again_from_cycle_0():
    model, chance = ReplayModel(2), random.Random(1)
    taken(model, Command(beats=7, replay=False), chance)
    model.edge(rst=True, command=None, ready=False)
    assert not model.pins().ready
    assert taken(model, Command(beats=3, replay=True), chance) == beats_of(0, 3)


def idle_until(model: ReplayModel, done, *, reload: bool = True) -> int:
    """Clock cycles with nobody asking for anything until a pin is high."""
    for cycle in range(50):
        if done(model.pins()):
            return cycle
        model.edge(rst=False, command=None, ready=True, reload=reload)
    raise AssertionError("never")


@pytest.mark.parametrize("replay", [False, True])
def test_a_reload_gives_the_perturbation_again(replay: bool):
    model, chance = ReplayModel(4, reloads=True), random.Random(1)
    taken(model, Command(beats=5, replay=False), chance)
    model.edge(rst=False, command=Command(beats=3, replay=False), ready=True, reload=True)
    model.edge(rst=False, command=None, ready=True, reload=True, fault=True)
    assert model.pins().fault
    assert idle_until(model, lambda pins: pins.last) == 1
    assert idle_until(model, lambda pins: pins.reloaded) == 1 + 1 + 4
    assert model.pins().ready
    assert taken(model, Command(beats=3, replay=replay), chance) == beats_of(5, 3)
    assert taken(model, Command(beats=2, replay=False), chance) == beats_of(8, 2)


@pytest.mark.parametrize(("reloads", "reload"), [(False, True), (True, False)])
def test_a_fault_changes_nothing_where_no_reload_is_wanted(reloads: bool, reload: bool):
    model, chance = ReplayModel(4, reloads=reloads), random.Random(1)
    taken(model, Command(beats=5, replay=False), chance)
    model.edge(rst=False, command=None, ready=True, reload=reload, fault=True)
    assert model.pins().fault
    assert model.pins().ready != reloads
    model.edge(rst=False, command=None, ready=True, reload=reload)
    assert model.pins().ready
    assert taken(model, Command(beats=2, replay=False), chance) == beats_of(5, 2)
