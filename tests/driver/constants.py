"""Constants of devices, and what becomes of them when bits are wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from pezo_hw.driver import registers as r
from pezo_hw.driver.bus import Field
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters

REGISTERS = (r.CAPABILITIES, r.BEAT, r.NUMBER, r.GENERATOR, r.TAPS, r.STEPS, r.WINDOW, r.MODULI)
OFFSETS = tuple(register.OFFSET for register in REGISTERS)
FIELDS = {
    f"{register.__name__}.{name.lower()}": (register.OFFSET, found)
    for register in REGISTERS
    for name, found in vars(register).items()
    if isinstance(found, Field)
}
MORE = (
    on_the_fly(rngs=31, width=8),
    on_the_fly(rngs=63, width=10, steps_per_cycle=5, load="phase", health="none"),
    on_the_fly(rngs=2, width=18, steps_per_cycle=10**9 + 7, load="none", health="none"),
    pre_generated(pool=1040, lanes=1, width=24),
    pre_generated(pool=21840, lanes=1, load="phase", width=3),
)
Constants = dict[int, int]
GOOD: tuple[Constants, ...] = tuple(
    MockRegisters(config).constants for config in (*CONFIGS.values(), *MORE)
)


def with_field(constants: Constants, name: str, value: int) -> Constants:
    """The same with another value in a field such as ``GENERATOR.width``."""
    offset, place = FIELDS[name]
    return constants | {offset: constants[offset] & ~place.mask | value << place.low & place.mask}


def mutated(draw: random.Random) -> Constants:
    """Those of a good device but for one to three fields, or the constant registers at random."""
    constants = dict(draw.choice(GOOD))
    kind = draw.randrange(10)
    if kind == 0:
        return constants | {offset: draw.getrandbits(32) for offset in OFFSETS}
    if kind == 1:
        return constants | {draw.choice(OFFSETS): draw.choice((0, 2**32 - 1, draw.getrandbits(32)))}
    if kind == 2:
        other = draw.choice(GOOD)
        return {offset: draw.choice((constants, other))[offset] for offset in constants}
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        name = draw.choice(list(FIELDS))
        offset, place = FIELDS[name]
        old = place.of(constants[offset])
        near = (old + draw.choice((-1, 1)), old ^ 1 << draw.randrange(place.width))
        constants = with_field(constants, name, draw.choice((*near, draw.getrandbits(place.width))))
    return constants


@dataclass
class FixedRegisters:
    """Constants, and a word for every other register."""

    constants: Constants
    other: int = 0
    accesses: int = field(default=0, init=False)

    def read(self, offset: int) -> int:
        self.accesses += 1
        return self.constants.get(offset, self.other)

    def write(self, offset: int, value: int) -> None:
        self.accesses += 1
        assert 0 <= value < 1 << 32
