"""The words of a load, shifted into ring and tracker as the hardware does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.config import Config
from pezo_hw.driver import read_configuration
from pezo_hw.driver.load_words import Check, address_of, phase_words
from pezo_hw.generators.on_the_fly.load_words import phase_words as golden_phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.replay.options import SystemOptions
from tests.driver.configs import CONFIGS, pre_generated
from tests.driver.mock_registers import LOAD_DONE, MockRegisters
from tests.making import generator_of
from tests.strategies import on_the_fly

POOLS = [name for name in CONFIGS if name.startswith("pool")]


@given(drawn=on_the_fly(), cycle=st.integers(-(10**40), 10**40))
def test_ring_and_tracker_hold_the_cycle(drawn, cycle: int):
    parameters: OnTheFlyParameters = drawn[0]
    if not parameters.rotate:
        return
    config = Config(
        name="x", generator=generator_of(parameters), system=SystemOptions(load="phase")
    )
    mock = MockRegisters(config, delay=1)
    mock.write(0x64, 0)
    mock.read(0x44)
    words, check = [], Check()
    for word in phase_words(read_configuration(mock), parameters.bank.seeds, cycle):
        words.append(word)
        check.take(word)
    words.append(check.word)
    for word in words:
        mock.write(0x68, word)
    assert mock.read(0x5C) == LOAD_DONE
    behind = parameters.latency - parameters.bank_latency
    assert tuple(mock.ring) == parameters.bank.states_of(cycle + behind)
    tracked = parameters.tracker.states_of(cycle + parameters.latency)[0]
    assert mock.tracker == (tracked if parameters.has_table else 0)
    if cycle >= 0:
        assert words == golden_phase_words(parameters, cycle)


@pytest.mark.parametrize("name", POOLS)
def test_every_address(name: str):
    pool = CONFIGS[name].parameters
    configuration = read_configuration(MockRegisters(CONFIGS[name]))
    for row in range(pool.rows):
        assert address_of(configuration, row) == pool.address_sequence.address_of(row)


def test_pools_are_addressed_in_both_ways():
    moduli = [read_configuration(MockRegisters(CONFIGS[name])).moduli for name in POOLS]
    assert () in moduli
    assert any(len(found) > 1 for found in moduli)


def test_one_row():
    config = pre_generated(pool=5, lanes=5, load="phase")
    assert address_of(read_configuration(MockRegisters(config)), 0) == 0
