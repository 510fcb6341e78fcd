"""The family of banks of RNGs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import registers as r
from ..configuration import Configuration
from ..family import Family, Manifest, Sections
from ..lfsr import taps_in
from ..limits import Limit, Words
from ..loader import Loader
from ..scaling import Scaling
from .bank import Bank
from .limits import limits
from .loads import BankLoads


class OnTheFlyFamily(Family[Bank]):
    """RNGs make the numbers; a table makes a code, or a shift, of their state."""

    strategy = Bank.strategy
    code = r.CAPABILITIES.FAMILY_ON_THE_FLY

    def shape(self, words: Words) -> Bank:
        generator = words[r.GENERATOR.OFFSET]
        return Bank(
            lanes=r.BEAT.LANES.of(words[r.BEAT.OFFSET]),
            width=r.GENERATOR.NUMBER_BITS.of(generator),
            rngs=r.GENERATOR.DEPTH.of(generator),
            taps=taps_in(words[r.TAPS.OFFSET]),
            steps_per_cycle=words[r.STEPS.OFFSET],
            midrise=r.CAPABILITIES.MIDRISE.set_in(words[r.CAPABILITIES.OFFSET]),
        )

    def limits(self, configuration: Configuration[Bank], words: Words) -> Iterator[Limit]:
        return limits(configuration)

    def lanes(self, configuration: Configuration[Bank], most: int) -> Limit:
        """Any number: RNGs are shown in as many lanes as there are."""
        return Limit("BEAT.lanes", configuration.shape.lanes, 1, most)

    def table_base(self, configuration: Configuration[Bank]) -> int:
        """That of all cycles, if it is one. With fixed-point output it is in the point."""
        if configuration.fixed_point:
            return configuration.shape.state_frac - configuration.frac
        return configuration.base

    def exponent(self, configuration: Configuration[Bank], base: int) -> int:
        return base - configuration.shape.state_frac

    def shape_of(self, manifest: Manifest) -> Bank:
        section = manifest["config"][self.strategy]
        return Bank(
            lanes=section["lanes"],
            width=section["width"],
            rngs=section["rngs"],
            taps=tuple(section["taps"]),
            steps_per_cycle=section["steps_per_cycle"],
            midrise=section["format"] == "midrise",
        )

    def seeds_of(self, sections: Sections) -> tuple[int, ...]:
        return tuple(sections[self.strategy]["seeds"])

    def scaling_of(self, sections: Sections) -> Scaling:
        keys = sections["scaling"]
        return Scaling(rounding=keys["rounding"], gain=keys["gain"], code_bits=keys["code_bits"])

    def loads(
        self,
        loader: Loader,
        configuration: Configuration[Bank],
        seeds: Sequence[int],
        scaling: Scaling,
    ) -> BankLoads:
        base = self.table_base(configuration)
        return BankLoads(loader, configuration, seeds, scaling, base)
