"""The words of a load, shifted into ring and tracker as the hardware does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.config import Config
from pezo_hw.driver import read_configuration
from pezo_hw.driver.loader import Check
from pezo_hw.driver.on_the_fly.loads import phase_words
from pezo_hw.generators.on_the_fly.load_words import phase_words as golden_phase_words
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.replay.options import SystemOptions
from tests.driver.mock_registers import LOAD_DONE, MockRegisters
from tests.making import generator_of
from tests.strategies import on_the_fly


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
