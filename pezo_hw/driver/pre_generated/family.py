"""The family of pools of stored numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import registers as r
from ..configuration import Configuration
from ..family import Family, Loads, Manifest
from ..lfsr import taps_in
from ..limits import Limit, Words
from ..loader import Loader
from ..scaling import Scaling
from .copy_loads import CopyLoads
from .limits import lanes_limit, limits
from .pool import Pool
from .row_loads import RowLoads


class PreGeneratedFamily(Family[Pool]):
    """Numbers that are stored, without a code: value = mantissa * 2^-frac."""

    strategy = Pool.strategy
    code = r.CAPABILITIES.FAMILY_PRE_GENERATED

    def shape(self, words: Words) -> Pool:
        generator = words[r.GENERATOR.OFFSET]
        return Pool(
            lanes=r.BEAT.LANES.of(words[r.BEAT.OFFSET]),
            width=r.GENERATOR.NUMBER_BITS.of(generator),
            depth=r.GENERATOR.DEPTH.of(generator),
            taps=taps_in(words[r.TAPS.OFFSET]),
            steps_a_number=words[r.STEPS.OFFSET],
        )

    def limits(self, configuration: Configuration[Pool], words: Words) -> Iterator[Limit]:
        return limits(configuration, words)

    def lanes(self, configuration: Configuration[Pool], most: int) -> Limit:
        return lanes_limit(configuration, most)

    def table_base(self, configuration: Configuration[Pool]) -> int:
        return 0

    def exponent(self, configuration: Configuration[Pool], base: int) -> int:
        return -configuration.frac

    def shape_of(self, manifest: Manifest) -> Pool:
        section = manifest["config"][self.strategy]
        numbers, lanes = section["pool"], section["lanes"]
        if section["storage"] == "rows":
            return Pool(lanes=lanes, width=section["width"], depth=numbers // lanes)
        return Pool(
            lanes=lanes,
            width=section["width"],
            depth=numbers,
            taps=tuple(manifest["pool"]["address_taps"]),
            steps_a_number=manifest["pool"]["address_steps_a_number"],
        )

    def loads(
        self,
        loader: Loader,
        configuration: Configuration[Pool],
        seeds: Sequence[int],
        scaling: Scaling,
    ) -> Loads:
        """There are neither seeds nor scale factors."""
        kind = CopyLoads if configuration.shape.in_copies else RowLoads
        return kind(loader, configuration)
