"""Everything about a bank of Gaussian generators, as data; model and hardware are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ... import checks
from ...numbers.beat_layout import MOST_LANES
from ...numbers.fixed_point import FixedPoint
from .kind import Kind
from .kinds import KINDS


@dataclass(frozen=True, kw_only=True)
class GaussianParameters:
    """W generators of Gaussian numbers side by side, of one kind.

    The fields carry the names, defaults and ranges of the config file's ``[gaussian]`` section.

    Parameters
    ----------
    generator : str
        The kind: a name of `pezo_hw.generators.gaussian.kinds.KINDS`.
    lanes : int
        W, 1 to 65,536, the numbers of a cycle.
    seed : int
        Of the start states, >= 0.

    Raises
    ------
    ConfigError
        For any value that is not allowed; the key is the field's name.

    Examples
    --------
    >>> from pezo_hw.generators.gaussian.parameters import GaussianParameters
    >>> parameters = GaussianParameters(generator="tree", lanes=4)
    >>> str(parameters.fixed_point), parameters.joint_orbit
    ('midrise, 9 bits, 6 of them fraction', 5643118635)
    >>> GaussianParameters(generator="wallace")
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: generator = "wallace" is not allowed; allowed: "tree" or ...
    """

    generator: str = "tree"
    lanes: int = 1024
    seed: int = 1

    code_bits = 0

    def __post_init__(self) -> None:
        checks.choice("generator", self.generator, tuple(KINDS))
        checks.integer("lanes", self.lanes, 1, MOST_LANES)
        checks.integer("seed", self.seed, 0)

    @cached_property
    def kind(self) -> Kind:
        """The generator itself."""
        return KINDS[self.generator](lanes=self.lanes, seed=self.seed)

    @property
    def joint_orbit(self) -> int:
        """Cycles before the stream repeats."""
        return self.kind.joint_orbit

    @property
    def fixed_point(self) -> FixedPoint:
        """What a mantissa means."""
        return self.kind.fixed_point

    @property
    def latency(self) -> int:
        """Enabled clock edges from a reset to the first beat."""
        return self.kind.latency
