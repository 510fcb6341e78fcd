"""The generators that there are."""

from __future__ import annotations

from .gaussian import GaussianGenerator
from .generator import Generator
from .on_the_fly import OnTheFlyGenerator
from .pre_generated import PreGeneratedGenerator

GENERATORS: tuple[type[Generator], ...] = (
    OnTheFlyGenerator,
    PreGeneratedGenerator,
    GaussianGenerator,
)
STRATEGIES = tuple(generator.strategy for generator in GENERATORS)
