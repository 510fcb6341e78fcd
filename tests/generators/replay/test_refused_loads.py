"""Loads whose words are not what was meant, one after another on the same hardware."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable

import pytest
from amaranth.sim import Simulator

from pezo_hw.generators.on_the_fly.load_words import contents_words, phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.pre_generated.row_load_words import row_address_words, row_words
from pezo_hw.generators.replay.load_check import check_after, with_check_word
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.generators.replay.rtl.load_check import LoadCheck
from pezo_hw.systems.replay.rtl.sequencer import ReplaySequencer
from tests.cases import mostly_slow
from tests.making import replay_of

Generator = OnTheFlyParameters | PreGeneratedParameters
TINY = OnTheFlyParameters(rngs=3, width=3)
POOL = PreGeneratedParameters(leftover="row", pool=60, lanes=4, width=6)
LIMIT = 5000


def outcomes(generator: Generator, loads: Iterable[list[int]], *, contents: bool) -> list[str]:
    """How each load ends; ``needed`` is added where contents are asked for from then on."""
    options = SystemOptions(load="contents" if contents else "phase")
    engine = ReplaySequencer(replay_of(generator, options))
    load = engine.load
    ends: list[str] = []

    async def testbench(context):
        for words in loads:
            context.set(load.begin, 1)
            context.set(load.contents, contents)
            await context.tick()
            context.set(load.begin, 0)
            left = list(words)
            for _ in range(LIMIT):
                context.set(load.data.valid, bool(left))
                context.set(load.data.payload, left[0] if left else 0)
                if left and context.get(load.data.ready):
                    left.pop(0)
                await context.tick()
                if context.get(load.done) or context.get(load.refused):
                    break
            end = {(1, 0): "done", (0, 1): "refused"}
            ends.append(end[context.get(load.done), context.get(load.refused)])
            if context.get(load.needed):
                ends[-1] += ", needed"

    simulator = Simulator(engine)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    return ends


def flipped(words: list[int], first: int = 0, last: int | None = None) -> list[list[int]]:
    """The words with each of the bits that are looked at flipped in turn."""
    places = range(len(words))[first:last]
    return [
        [word ^ (1 << bit if at == index else 0) for at, word in enumerate(words)]
        for index, bit in itertools.product(places, range(16))
    ]


@pytest.mark.parametrize("generator", [TINY, POOL])
def test_every_flipped_bit_of_a_phase(generator: Generator):
    is_on_the_fly = isinstance(generator, OnTheFlyParameters)
    words = (phase_words if is_on_the_fly else row_address_words)(generator, 11)
    bad = flipped(words)
    ends = outcomes(generator, [*bad, words], contents=False)
    assert ends == ["refused"] * len(bad) + ["done"]


@pytest.mark.parametrize("generator", mostly_slow([TINY, POOL], TINY))
def test_every_flipped_bit_of_contents(generator: Generator):
    """In the second part the contents are written by then: they are needed again."""
    if isinstance(generator, OnTheFlyParameters):
        words, second = contents_words(generator), 9
    else:
        words, second = row_words(generator, 5, [1, -2, 3, -4]), 2
    early, late = flipped(words, 0, second), flipped(words, second)
    ends = outcomes(generator, [*early, words, *late, words], contents=True)
    assert ends == [
        *["refused"] * len(early),
        "done",
        *["refused, needed"] * len(late),
        "done",
    ]


def test_of_the_paper_s_size_every_flip_that_was_tried():
    """Many another state is legal, distinct and wrong."""
    generator, chance = OnTheFlyParameters(rngs=31, width=8), random.Random(1)
    words = phase_words(generator, 10**6)
    bad = chance.sample(flipped(words), 12)
    assert outcomes(generator, [*bad, words], contents=False) == ["refused"] * 12 + ["done"]


def test_every_bit_above_an_address():
    """With a check word that fits: the address itself is of no row."""
    (address, _), bits = row_address_words(POOL, 7), POOL.address_sequence.address_bits
    loads = [with_check_word([address | 1 << bit]) for bit in range(bits, 32)]
    ends = outcomes(POOL, [*loads, with_check_word([address])], contents=False)
    assert ends == ["refused"] * (32 - bits) + ["done"]


@pytest.mark.parametrize("word_bits", [16, 17])
def test_the_check_follows_all_words(word_bits: int):
    """Taken or not, with a beginning now and then; of narrow words the lower halves."""
    check, chance = LoadCheck(word_bits), random.Random(3)
    looked_at = (1 << 32 if word_bits > 16 else 1 << 16) - 1
    state, seen = 0xFFFF, []

    async def testbench(context):
        nonlocal state
        for _ in range(3000):
            part = state != 0xFFFF and chance.random() < 1 / 4
            word = check_after(state, 0) ^ 0xFFFF if part else chance.getrandbits(32)
            take, clear = chance.random() < 0.7, chance.random() < 0.05
            context.set(check.take, take)
            context.set(check.clear, clear)
            context.set(check.word, word)
            await context.tick()
            after = check_after(state, word & looked_at) if take else state
            state = 0xFFFF if clear else after
            assert context.get(check.good) == (state == 0xFFFF)
            seen.append(state == 0xFFFF)

    simulator = Simulator(check)
    simulator.add_clock(1e-6)
    simulator.add_testbench(testbench)
    simulator.run()
    assert 100 < sum(seen) < len(seen) - 100
