"""Generators and systems from parameters alone, for tests that need no config."""

from __future__ import annotations

from typing import Any

from pezo_hw.generators.generator import Generator
from pezo_hw.generators.on_the_fly import OnTheFlyGenerator, OnTheFlyParameters
from pezo_hw.generators.pre_generated import PreGeneratedGenerator
from pezo_hw.generators.replay.options import SystemOptions
from pezo_hw.numbers.beat_layout import BeatLayout
from pezo_hw.systems.replay.parameters import ReplayParameters


def generator_of(parameters: Any) -> Generator:
    """The generator of a family's parameters."""
    is_on_the_fly = isinstance(parameters, OnTheFlyParameters)
    kind = OnTheFlyGenerator if is_on_the_fly else PreGeneratedGenerator
    return kind(parameters=parameters)


def replay_of(parameters: Any, options: SystemOptions | None = None) -> ReplayParameters:
    """The parameters of a system on command around it."""
    plan = generator_of(parameters).replay(options or SystemOptions())
    return ReplayParameters(plan=plan, layout=BeatLayout.of(parameters))


def pointed(text: str) -> str:
    """A config of an on-the-fly generator with a pointer in place of the ring."""
    return text.replace("[on-the-fly]\n", '[on-the-fly]\narchitecture = "pointer"\n')
