"""What the systems on command are told of a pool, and what they cannot have of one."""

from __future__ import annotations

import pytest

from pezo_hw import ConfigError
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from tests.making import replay_of

ROWS = {"leftover": "row", "width": 6}


@pytest.mark.parametrize("pool", [{"pool": 15, "width": 3, "lanes": 4}, {"pool": 91, **ROWS}])
@pytest.mark.parametrize("health", ["flag", "reload"])
def test_a_pool_has_no_health(pool: dict[str, object], health: str):
    parameters = PreGeneratedParameters(**{"lanes": 1, **pool})
    with pytest.raises(ConfigError, match=rf'^system.health = "{health}".* no lockstep to check$'):
        replay_of(parameters, SystemOptions(health=health))


@pytest.mark.parametrize(
    ("pool", "moduli"),
    [(91, [7, 13, 0, 0]), (16, [0, 0, 0, 0]), (13, [0, 0, 0, 0])],
)
def test_the_counters_of_a_row_s_address_are_told_where_there_are_several(
    pool: int, moduli: list[int]
):
    fields = replay_of(PreGeneratedParameters(**ROWS, lanes=1, pool=pool)).plan.register_fields()
    assert [fields[f"MODULI.modulus_{index}"] for index in range(4)] == moduli
    assert fields["GENERATOR.depth"] == pool


@pytest.mark.parametrize(
    ("pool", "unused"),
    [({"lanes": 4}, 1), ({"lanes": 1}, 0), ({"lanes": 4, "start": "drawn"}, 0)],
)
def test_numbers_left_over_are_told_where_there_can_be_any(pool: dict[str, object], unused: int):
    parameters = PreGeneratedParameters(**{"pool": 15, "width": 3, **pool})
    fields = replay_of(parameters).plan.register_fields()
    assert fields.get("CAPABILITIES.unused", 0) == unused
