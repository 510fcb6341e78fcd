"""The generators that there are."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import PezoError
from .gaussian import GaussianGenerator
from .generator import Generator
from .on_the_fly import OnTheFlyGenerator
from .pre_generated import PreGeneratedGenerator

HIGHEST_CODE = 255


def check_families(generators: Sequence[type[Generator]]) -> None:
    """Checks that no two families have a strategy or a code of the registers in common.

    Raises
    ------
    PezoError
        For the first that has what another has, or a code that does not fit the registers.
    """
    strategies: set[str] = set()
    codes: dict[int, str] = {}
    for generator in generators:
        strategy, code = generator.strategy, generator.family_code
        if strategy in strategies:
            raise PezoError(f"strategy = {strategy} is not allowed twice; allowed: one of its own")
        strategies.add(strategy)
        if code == Generator.family_code:
            continue  # it has no registers
        if not 1 <= code <= HIGHEST_CODE or code in codes:
            taken = "".join(f", and not {other}, which {codes[other]} has" for other in codes)
            allowed = f"an integer from 1 to {HIGHEST_CODE}{taken}"
            raise PezoError(f"{strategy}: family_code = {code} is not allowed; allowed: {allowed}")
        codes[code] = strategy


GENERATORS: tuple[type[Generator], ...] = (
    OnTheFlyGenerator,
    PreGeneratedGenerator,
    GaussianGenerator,
)
check_families(GENERATORS)
STRATEGIES = tuple(generator.strategy for generator in GENERATORS)
