"""Where a row of a pool is stored, by the driver and by the parameters."""

from __future__ import annotations

import pytest

from pezo_hw.driver import read_configuration
from pezo_hw.driver.pre_generated.row_loads import address_of
from tests.driver.configs import CONFIGS, pre_generated
from tests.driver.mock_registers import MockRegisters

POOLS = [name for name in CONFIGS if name.startswith("pool")]


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
