"""The family of pools of stored numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import registers as r
from ..configuration import Configuration
from ..family import Family, Sections
from ..limits import Limit, Words
from ..loader import Loader
from ..scaling import Scaling
from .limits import LARGEST_POOL, limits
from .loads import PoolLoads
from .pool import Pool


class PreGeneratedFamily(Family[Pool]):
    """Numbers that are stored, without a code: value = mantissa * 2^-frac."""

    strategy = Pool.strategy
    code = r.CAPABILITIES.FAMILY_PRE_GENERATED

    def shape(self, words: Words) -> Pool:
        generator = words[r.GENERATOR.OFFSET]
        return Pool(
            lanes=r.BEAT.LANES.of(words[r.BEAT.OFFSET]),
            width=r.GENERATOR.NUMBER_BITS.of(generator),
            rows=r.GENERATOR.DEPTH.of(generator),
        )

    def limits(self, configuration: Configuration[Pool], words: Words) -> Iterator[Limit]:
        return limits(configuration, words)

    def most_lanes(self, configuration: Configuration[Pool]) -> int:
        return LARGEST_POOL // configuration.shape.rows

    def table_base(self, configuration: Configuration[Pool]) -> int:
        return 0

    def exponent(self, configuration: Configuration[Pool], base: int) -> int:
        return -configuration.frac

    def shape_of(self, sections: Sections) -> Pool:
        section = sections[self.strategy]
        rows = section["pool"] // section["lanes"]
        return Pool(lanes=section["lanes"], width=section["width"], rows=rows)

    def loads(
        self,
        loader: Loader,
        configuration: Configuration[Pool],
        seeds: Sequence[int],
        scaling: Scaling,
    ) -> PoolLoads:
        """There are neither seeds nor scale factors."""
        return PoolLoads(loader, configuration)
