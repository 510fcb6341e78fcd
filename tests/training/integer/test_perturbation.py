"""int8 weights moved, clipped and back, against sums of Python's integers."""

import random

import numpy as np

from pezo_hw import load
from pezo_hw.training.integer.draws import Draws
from pezo_hw.training.integer.perturbation import IntegerMoves, perturbation_of, rounded
from tests.interruptions import Interruptions

SIZES = (70_000, 33)
DRAWS = Draws(load("paper-roberta"))


def random_weights(seed: int = 1, sizes=SIZES) -> list[np.ndarray]:
    generator = np.random.default_rng(seed)
    return [generator.integers(-127, 128, size).astype(np.int8) for size in sizes]


def moves_of(tensors, amplitude: int, mask: int = 0, position: int = 5):
    firsts, _ = DRAWS.places([tensor.size for tensor in tensors], position)
    amounts = perturbation_of(DRAWS, firsts, amplitude=amplitude, mask=mask)
    steps = [
        DRAWS.steps(first, tensor.size, amplitude, mask).tolist()
        for first, tensor in zip(firsts, tensors, strict=True)
    ]
    return IntegerMoves(tensors), amounts, steps


def bits(tensors) -> bytes:
    return b"".join(tensor.tobytes() for tensor in tensors)


def test_both_sides_are_clipped_and_lead_back():
    for amplitude, mask in ((1, 0), (3, 1), (7, 0)):
        tensors = random_weights()
        before, first = bits(tensors), [tensor.tolist() for tensor in tensors]
        moves, amounts, steps = moves_of(tensors, amplitude, mask)
        for sign in (1, -1, 1):
            moves.add(amounts, sign)
            for tensor, weights, amount in zip(tensors, first, steps, strict=True):
                sums = (w + sign * a for w, a in zip(weights, amount, strict=True))
                assert tensor.tolist() == [max(-127, min(127, total)) for total in sums]
        moves.restore()
        assert bits(tensors) == before
        moves.restore()
        assert bits(tensors) == before


def test_what_was_clipped_is_kept_and_nothing_else():
    tensors = random_weights()
    moves, amounts, steps = moves_of(tensors, 3)
    moves.add(amounts, 1)
    clipped = sum(
        abs(w + a) > 127
        for weights, amount in zip(random_weights(), steps, strict=True)
        for w, a in zip(weights.tolist(), amount, strict=True)
    )
    assert clipped > 500
    assert moves.log_bytes == 3 * clipped  # a place of two bytes, and the weight
    moves.restore()
    assert moves.log_bytes == 0


def test_where_most_is_clipped_the_log_is_a_copy():
    tensors = [np.full(1000, 127, np.int8)]
    moves, amounts, _ = moves_of(tensors, 1)
    for sign in (1, -1):
        moves.add(amounts, sign)
        assert moves.log_bytes == 1000
    moves.restore()
    assert (tensors[0] == 127).all()


def test_an_update_is_the_step_over_a_power_of_two_to_one_of_its_neighbours():
    tensors = random_weights()
    moves, amounts, steps = moves_of(tensors, 3)
    firsts = [DRAWS.places(SIZES, position)[0] for position in (10_000, 20_000)]
    moves.add(rounded(amounts, [1, 3], DRAWS, firsts), -1)
    for tensor, before, amount, places in zip(
        tensors, random_weights(), steps, (1, 3), strict=True
    ):
        low = [a >> places for a in amount]
        inside = np.abs(before.astype(int)) < 120
        done = (before.astype(int) - tensor)[inside]
        assert set((done - np.array(low)[inside]).tolist()) == {0, 1}
        assert np.abs(tensor.astype(int)).max() <= 127


def test_any_interruption_leads_back():
    """Of both moves, the way back and the update; 80 of them single, 40 double."""

    def case():
        tensors = random_weights(2, (300, 7))
        moves, amounts, _ = moves_of(tensors, 4)
        firsts = [DRAWS.places((300, 7), position)[0] for position in (50, 90)]

        def work() -> None:
            moves.add(amounts, 1)
            moves.add(amounts, -1)
            moves.restore()
            moves.add(rounded(amounts, [1, 1], DRAWS, firsts), -1)

        return tensors, moves, work

    tensors, _, work = case()
    before, counter = bits(tensors), Interruptions()
    counter.run(work)
    assert bits(tensors) != before
    generator = random.Random(3)
    for times, runs in ((1, 80), (2, 40)):
        for _ in range(runs):
            at = [generator.randint(1, counter.count)]
            tensors, moves, work = case()
            Interruptions(at).run(work)
            if times == 2:
                Interruptions([generator.randint(1, 300)]).run(moves.restore)
            moves.restore()
            assert bits(tensors) == before, at
