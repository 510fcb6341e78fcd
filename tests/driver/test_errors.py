"""How a value is said in the line of an error."""

from __future__ import annotations

import pytest

from pezo_hw.driver.errors import ArgumentError, DeviceTimeoutError, DriverError, shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 77 + "..."),
        (2**256 - 1, f"{2**256 - 1}"),
        (2**256, "an integer of 257 bits"),
        (-(2**300), "an integer of 301 bits"),
        ([10**5000], "a list"),
    ],
)
def test_a_value_of_any_size(value: object, said: str):
    assert shown(value) == said


def test_what_shows_nothing_of_its_own_is_escaped():
    assert str(DriverError("a\x1bé\u202e\n")) == "a\\x1bé\\u202e\\n"


@pytest.mark.parametrize(
    ("kind", "python_s"), [(ArgumentError, ValueError), (DeviceTimeoutError, TimeoutError)]
)
def test_python_s_own_kinds_catch_them_too(kind: type[DriverError], python_s: type[Exception]):
    assert issubclass(kind, python_s)
    assert issubclass(kind, DriverError)
