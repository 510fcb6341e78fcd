"""The families that the drivers know, and what they say of any other."""

from __future__ import annotations

import pytest

from pezo_hw.driver import FAMILIES, NotFoundError, read_configuration
from pezo_hw.generators.registry import GENERATORS
from pezo_hw.registers import register_map
from tests.driver.c_driver import SOURCES, CPerturbationDevice
from tests.driver.configs import on_the_fly
from tests.driver.mock_registers import MockRegisters

GENERIC = (
    *("pezo.c", "pezo.h", "pezo_commands.c", "pezo_limits.c", "pezo_loading.c"),
    *("pezo_sequence.c", "pezo_sequence.h"),
)


@pytest.mark.parametrize("code", [0, 3, 128, 255])
def test_a_family_that_nobody_knows(code: int, c_library):
    """Named with those that are known, before anything else of it is read."""
    mock = MockRegisters(on_the_fly())
    mock.constants[0x08] = mock.constants[0x08] & ~0xFF0000 | code << 16
    with pytest.raises(NotFoundError) as caught:
        read_configuration(mock)
    known = "1 (on-the-fly) or 2 (pre-generated)"
    assert str(caught.value) == (
        f"CAPABILITIES.family = {code} is unknown to this driver; allowed: {known}"
    )
    assert [offset for _, offset, _ in mock.trace] == [0x00, 0x04, 0x08]
    driver = CPerturbationDevice.__new__(CPerturbationDevice)
    driver.mmio = mock
    error = driver.probe_hooked(c_library)
    assert c_library.pezo_error_name(error) == b"PEZO_UNKNOWN_FAMILY"
    wrong = driver.device.wrong
    assert (wrong.field, wrong.value, wrong.rule) == (b"CAPABILITIES.family", code, known.encode())
    assert (wrong.low, wrong.high) == (1, 2)
    assert driver.config.family == 0
    assert [offset for _, offset, _ in mock.trace] == [0x00, 0x04, 0x08] * 2


def test_the_families_are_those_of_the_generators():
    """Written in four places: a generator's folder, the description, and either driver."""
    generators = {kind.family_code: kind.strategy for kind in GENERATORS if kind.family_code}
    assert {family.code: family.strategy for family in FAMILIES} == generators
    field = next(f for f in register_map()["CAPABILITIES"].fields if f.name == "family")
    assert {each.value: each.title for each in field.meanings} == generators


def test_nobody_else_tells_one_family_from_another():
    """Neither by its code nor by its name, in either driver."""
    names = ("ON_THE_FLY", "PRE_GENERATED", "on_the_fly", "pre_generated", "on-the-fly", "Bank")
    ours = ("__init__.py", "families.py", "registers.py")
    modules = [path for path in SOURCES.parent.glob("*.py") if path.name not in ours]
    assert len(modules) > 10
    for path in (*modules, *(SOURCES / name for name in GENERIC)):
        found = [name for name in names if name in path.read_text("utf-8")]
        assert found == [], path.name
