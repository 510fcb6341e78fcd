"""The bank's states at any cycle, and what its joint orbit is."""

import math

import pytest

from pezo_hw.generators.on_the_fly.bank import BankParameters, derive_seeds
from pezo_hw.generators.on_the_fly.lfsr import LFSRParameters
from tests.reference import OnTheFly, seeds_from


@pytest.mark.parametrize("rotate", [True, False])
def test_states_by_stepping(rotate: bool):
    reference = OnTheFly(rngs=5, width=6, rotate=rotate, steps_per_cycle=5)
    states = reference.start()
    bank = BankParameters(
        lfsr=LFSRParameters(width=6, steps_per_cycle=5), seeds=states, rotate=rotate
    )
    for t in range(130):
        shown = [states[(p + t) % 5] if rotate else states[p] for p in range(5)]
        assert list(bank.states_of(t)) == shown
        assert bank.states_of(t - bank.joint_orbit) == bank.states_of(t)
        states = [reference.step(x) for x in states]


@pytest.mark.parametrize(("n", "width"), [(31, 8), (15, 8), (3, 4), (7, 3)])
def test_joint_orbit_is_the_first_return(n: int, width: int):
    bank = BankParameters(lfsr=LFSRParameters(width=width), seeds=range(1, n + 1))
    first = bank.states_of(0)
    returns = next(t for t in range(1, 10**5) if bank.states_of(t) == first)
    assert bank.joint_orbit == returns
    assert bank.shared_factor * returns == n * (2**width - 1)


def test_the_papers_orbits():
    orbits = {8: 7905, 14: 507_873}
    for width, orbit in orbits.items():
        bank = BankParameters(lfsr=LFSRParameters(width=width), seeds=range(1, 32))
        assert bank.joint_orbit == orbit == math.lcm(31, 2**width - 1)


@pytest.mark.parametrize(
    ("seed", "width", "count"), [(1, 8, 31), (7, 3, 7), (0, 18, 400), (2, 5, 31)]
)
def test_derived_seeds(seed: int, width: int, count: int):
    """Against drawing them one at a time."""
    assert list(derive_seeds(seed, width, count)) == seeds_from(seed, width, count)


def test_the_presets_seeds_are_frozen():
    assert derive_seeds(1, 8, 31)[:8] == (188, 187, 131, 239, 30, 65, 4, 206)
    assert derive_seeds(1, 14, 31)[:4] == (10997, 11974, 1517, 15632)
