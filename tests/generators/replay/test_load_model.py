"""The model of loads: what is accepted, against every window that seeds can make; and when."""

from __future__ import annotations

import itertools
import random

import pytest

from pezo_hw.generators.on_the_fly.load_model import explain
from pezo_hw.generators.on_the_fly.load_words import contents_words, phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.pre_generated.row_load_words import row_address_words, row_words
from pezo_hw.generators.replay.load_check import with_check_word
from pezo_hw.generators.replay.load_model import LoadInputs, LoadModel
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.systems.replay.model import Command, ReplayModel
from tests.making import replay_of

TINY = OnTheFlyParameters(rngs=3, width=3)
POOL = PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6)


def models(
    generator: OnTheFlyParameters | PreGeneratedParameters, load: str = "contents"
) -> tuple[ReplayModel, LoadModel]:
    replay = replay_of(generator, SystemOptions(load=load))
    loads = replay.plan.load_model()
    model = ReplayModel(replay.lead, loads, stride=replay.plan.beat_stride)
    for _ in range(replay.lead):
        model.edge(rst=False, command=None, ready=True)
    return model, loads


def edges(model: ReplayModel, loads: LoadModel, words: list[int], *, contents: bool) -> int:
    """Clock edges from ``begin`` until done (positive), refused (negative) or out of words (0)."""
    inputs, left, count = LoadInputs(begin=True, contents=contents), list(words), 0
    while not (pins := loads.pins()).done and not pins.refused:
        if count and pins.ready and not left:
            return 0
        word = left.pop(0) if count and pins.ready else None
        load = inputs if count == 0 else LoadInputs(word=word)
        model.edge(rst=False, command=None, ready=True, load=load)
        count += 1
    model.edge(rst=False, command=None, ready=True)
    return count if pins.done else -count


def windows(generator: OnTheFlyParameters) -> dict[tuple[int, ...], set[int]]:
    """Every window that some seeds make, with what RNG 0 of those seeds is at the start."""
    period, found = generator.lfsr.period, {}
    for seeds in itertools.permutations(range(1, period + 1), generator.rngs):
        other = OnTheFlyParameters(rngs=generator.rngs, width=generator.width, seeds=seeds)
        for cycle in range(generator.rngs):
            start = other.bank.states_of(cycle)[(-cycle) % generator.rngs]
            found.setdefault(tuple(phase_words(other, cycle)[:-1]), set()).add(start)
    return found


def test_what_seeds_make_is_explained_and_nothing_else():
    made = windows(TINY)
    for words, starts in made.items():
        seeds, cycle = explain(TINY, list(words)) or ((), 0)
        other = OnTheFlyParameters(rngs=3, width=3, seeds=seeds)
        assert phase_words(other, cycle)[:-1] == list(words)
        assert starts == {other.bank.states_of(cycle)[-cycle % 3]}
    chance, tried = random.Random(1), 0
    for words in chance.sample(sorted(made), 200):
        for index, bit in itertools.product(range(len(words)), range(4)):
            changed = list(words)
            changed[index] ^= 1 << bit
            assert (explain(TINY, changed) is not None) == (tuple(changed) in made)
            tried += 1
    assert tried > 5000


@pytest.mark.parametrize("stored", [False, True])
def test_how_long_a_load_takes(stored: bool):
    model, loads = models(TINY)
    fed = 8
    words = contents_words(TINY) if stored else phase_words(TINY, 3)
    count = edges(model, loads, words, contents=stored)
    assert count == 2 * fed + fed * (fed + 5) // 2 + 10 * stored + 5


def test_how_long_a_refusal_takes():
    model, loads = models(TINY)
    assert edges(model, loads, with_check_word([0] * 8), contents=False) == -(8 + 8 * 13 // 2 + 2)
    model, loads = models(POOL)
    assert edges(model, loads, with_check_word([15]), contents=True) == -4


@pytest.mark.parametrize("stored", [False, True])
def test_how_long_a_row_takes(stored: bool):
    model, loads = models(POOL)
    words = row_words(POOL, 3, [1, 2, 3, 4]) if stored else row_address_words(POOL, 3)
    assert edges(model, loads, words, contents=stored) == 8 + 6 * stored


def first_beat(model: ReplayModel, *, replay: bool) -> int:
    """Of a command of a single beat; it is taken at once."""
    assert model.pins().ready
    model.edge(rst=False, command=Command(beats=1, replay=replay), ready=True)
    while (beat := model.pins().beat) is None:
        model.edge(rst=False, command=None, ready=True)
    model.edge(rst=False, command=None, ready=True)
    return beat


def test_the_next_command_starts_where_the_load_says():
    model, loads = models(POOL)
    first_beat(model, replay=False)
    for replay in (True, False):
        assert edges(model, loads, row_address_words(POOL, 11), contents=False) > 0
        assert first_beat(model, replay=replay) == 11
        assert first_beat(model, replay=True) == 11


def test_a_row_moves_nothing():
    model, loads = models(POOL)
    first_beat(model, replay=False)
    assert edges(model, loads, row_words(POOL, 1, [9] * 4), contents=True) > 0
    assert first_beat(model, replay=False) == 1
    assert loads.source == 1


def test_a_table_that_is_written_in_part_is_needed_even_after_a_reset():
    model, loads = models(TINY)
    words = contents_words(TINY)
    assert edges(model, loads, words[:-1], contents=True) == 0
    assert loads.pins().needed
    model.edge(rst=True, command=None, ready=True)
    assert loads.pins().needed
    for _ in range(40):
        model.edge(rst=False, command=None, ready=True)
    assert not model.pins().ready
    assert edges(model, loads, phase_words(TINY, 1), contents=False) > 0
    assert loads.pins().needed
    assert edges(model, loads, words, contents=True) > 0
    assert not loads.pins().needed
    assert model.pins().ready


def test_a_table_that_was_written_does_not_fit_the_seeds_of_a_reset():
    model, loads = models(TINY)
    assert edges(model, loads, contents_words(TINY), contents=True) > 0
    assert not loads.pins().needed
    model.edge(rst=True, command=None, ready=True)
    assert loads.pins().needed


def test_only_the_incomplete_row_mends_it():
    model, loads = models(POOL)
    assert edges(model, loads, row_words(POOL, 2, [1] * 4)[:4], contents=True) == 0
    model.edge(rst=True, command=None, ready=True)
    assert loads.pins().needed
    for row, taken in ((3, False), (2, True)):
        assert (edges(model, loads, row_words(POOL, row, [2] * 4), contents=True) > 0) == taken
    assert not loads.pins().needed


def test_contents_are_refused_where_only_a_phase_is_loaded():
    model, loads = models(TINY, "phase")
    assert edges(model, loads, contents_words(TINY), contents=True) == -1


@pytest.mark.parametrize("address", [15, 64, 1 << 31])
def test_an_address_of_no_row(address: int):
    model, loads = models(POOL)
    assert edges(model, loads, with_check_word([address]), contents=False) < 0


def test_a_row_that_is_given_up_at_its_last_number_stays_incomplete():
    """It may be the row shown, which has not been read anew."""
    model, loads = models(POOL)
    words = row_words(POOL, 0, [5] * 4)
    assert edges(model, loads, words[:-1], contents=True) == 0
    again = LoadInputs(begin=True, contents=True, word=words[-1])
    model.edge(rst=False, command=None, ready=True, load=again)
    assert loads.pins().needed
    assert edges(model, loads, words, contents=True) > 0
    assert not loads.pins().needed


def taken(model: ReplayModel, loads: LoadModel, words: list[int], *, contents: bool) -> bool:
    """Whether a load is; if not, no beat may be another one's."""
    return edges(model, loads, words, contents=contents) > 0


def with_bit(words: list[int], index: int, bit: int) -> list[int]:
    return [word ^ (1 << bit if at == index else 0) for at, word in enumerate(words)]


@pytest.mark.parametrize("generator", [OnTheFlyParameters(rngs=31, width=8), POOL])
def test_every_flipped_bit_of_a_phase_is_refused(
    generator: OnTheFlyParameters | PreGeneratedParameters,
):
    model, loads = models(generator, "phase")
    is_on_the_fly = isinstance(generator, OnTheFlyParameters)
    words = (phase_words if is_on_the_fly else row_address_words)(generator, 11)
    for index, bit in itertools.product(range(len(words)), range(16)):
        assert not taken(model, loads, with_bit(words, index, bit), contents=False)
    assert loads.source == 0
    assert model.pins().ready
    assert taken(model, loads, words, contents=False)


@pytest.mark.parametrize("generator", [TINY, POOL])
def test_every_flipped_bit_of_contents_is_refused(
    generator: OnTheFlyParameters | PreGeneratedParameters,
):
    """And after one in the second part the device waits for a load of contents."""
    model, loads = models(generator)
    if isinstance(generator, OnTheFlyParameters):
        words, first = contents_words(generator), 8 + 1
    else:
        words, first = row_words(generator, 5, [1, -2, 3, -4]), 1 + 1
    overwritten = False
    for index, bit in itertools.product(range(len(words)), range(16)):
        assert not taken(model, loads, with_bit(words, index, bit), contents=True)
        overwritten |= index >= first
        assert loads.pins().needed == overwritten
        assert model.pins().ready != overwritten
    assert taken(model, loads, words, contents=True)
    assert model.pins().ready


@pytest.mark.parametrize("generator", [TINY, POOL])
def test_of_words_in_disorder_few_are_taken(
    generator: OnTheFlyParameters | PreGeneratedParameters,
):
    """Several bits flipped, two words exchanged, a word lost and another sent twice."""
    chance = random.Random(2)
    model, loads = models(generator)
    contents = row_words(POOL, 5, [1, -2, 3, -4]) if generator is POOL else contents_words(TINY)
    seen = 0
    for _ in range(1000):
        words = list(contents)
        match chance.randrange(3):
            case 0:
                for _ in range(chance.randrange(2, 9)):
                    words[chance.randrange(len(words))] ^= 1 << chance.randrange(16)
            case 1:
                one, other = chance.sample(range(len(words)), 2)
                words[one], words[other] = words[other], words[one]
            case 2:
                words.insert(chance.randrange(len(words)), words.pop(chance.randrange(len(words))))
        if words != contents:
            seen += 1
            assert not taken(model, loads, words, contents=True)
    assert seen > 800


def test_a_wide_word_is_looked_at_as_a_whole():
    """Of narrow ones the upper half is not: it has nothing to say."""
    wide = PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=17)
    for generator, refused in ((wide, True), (POOL, False)):
        model, loads = models(generator)
        words = row_words(generator, 5, [1, -2, 3, -4])
        for bit in range(16, 32):
            changed = with_bit(words, 3, bit)
            assert taken(model, loads, changed, contents=True) != refused
        assert taken(model, loads, words, contents=True)
        assert not taken(model, loads, with_bit(words, 0, 20), contents=True)


def test_a_beginning_gives_up_a_part_that_is_being_checked():
    model, loads = models(POOL)
    words = row_words(POOL, 5, [1, 2, 3, 4])
    assert edges(model, loads, words[:-1], contents=True) == 0
    model.edge(rst=False, command=None, ready=True, load=LoadInputs(word=words[-1] ^ 1))
    model.edge(rst=False, command=None, ready=True, load=LoadInputs(begin=True, contents=True))
    assert not loads.pins().refused
    assert loads.pins().ready
    assert loads.pins().needed
