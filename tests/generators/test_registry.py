"""No two families are called the same, in a config or in the registers."""

from __future__ import annotations

import pytest

from pezo_hw.errors import PezoError
from pezo_hw.generators.generator import Generator
from pezo_hw.generators.registry import GENERATORS, check_families


def family(strategy: str, code: int) -> type[Generator]:
    return type("Family", (Generator,), {"strategy": strategy, "family_code": code})


def test_those_that_there_are():
    """A code is never given to another family: these are for ever."""
    codes = {kind.strategy: kind.family_code for kind in GENERATORS}
    assert codes.items() >= {"on-the-fly": 1, "pre-generated": 2}.items()


def test_a_family_of_somebody_else():
    check_families([*GENERATORS, family("tree", 128), family("counter", 255)])


def test_families_without_registers_have_no_code_in_common():
    check_families([*GENERATORS, family("tree", 0), family("counter", 0)])


@pytest.mark.parametrize("code", [-1, 256, 1, 200])
def test_codes_that_cannot_be(code: int):
    with pytest.raises(PezoError) as caught:
        check_families([*GENERATORS, family("tree", 200), family("third", code)])
    what = f"third: family_code = {code} is not allowed; allowed: an integer from 1 to 255"
    assert str(caught.value).startswith(f"{what}, and not 1, which on-the-fly has, and not 2, ")
    assert "\n" not in str(caught.value)


def test_two_of_the_same_name():
    with pytest.raises(PezoError, match=r"^strategy = on-the-fly is not allowed twice; allowed: "):
        check_families([*GENERATORS, family("on-the-fly", 128)])
