"""Everything about an on-the-fly generator, as data; model and hardware are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ... import checks
from ...errors import ConfigError
from ...numbers.beat_layout import MOST_LANES
from ...numbers.fixed_point import FixedPoint
from .bank import BankParameters, derive_seeds
from .lfsr import LFSRParameters, Orbit
from .scale_table import ScaleTable, constant_exponent
from .scaling import ScalingParameters

FORMATS = ("twos-complement", "midrise")
ARCHITECTURES = ("ring", "pointer")
NARROWEST, WIDEST = 3, 18
WIDEST_OUTPUT = 32
_TABLE_LATENCY = 2


@dataclass(frozen=True, kw_only=True)
class OnTheFlyParameters:
    """n LFSRs of b bits, circularly shifted, with a scale factor for every cycle.

    The fields carry the names, defaults and ranges of the config file's ``[on-the-fly]`` and
    ``[scaling]`` sections. ``seed`` and ``seeds`` exclude each other; without either, seed = 1.
    ``architecture`` says how the hardware rotates, and never changes a number: ``"ring"`` (the
    states move) or ``"pointer"`` (they stay, and a pointer selects).

    Raises
    ------
    ConfigError
        For any value that is not allowed; the key is the field's name.

    Examples
    --------
    >>> from pezo_hw.generators.on_the_fly import OnTheFlyParameters
    >>> parameters = OnTheFlyParameters(rngs=31, width=8)
    >>> parameters.joint_orbit == 31 * 255, parameters.lanes, parameters.latency
    (True, 31, 2)
    >>> OnTheFlyParameters(rngs=31, width=8, steps_per_cycle=51)
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: steps_per_cycle = 51 is not allowed; allowed: an integer ...
    """

    rngs: int = 31
    width: int = 8
    taps: Sequence[int] | None = None
    steps_per_cycle: int = 1
    seed: int | None = None
    seeds: Sequence[int] | None = None
    rotate: bool = True
    format: str = "twos-complement"
    # None stands for as many as there are RNGs; once checked it is an integer.
    lanes: int = None  # type: ignore[assignment]
    architecture: str = "ring"
    scaling: ScalingParameters = field(default_factory=ScalingParameters)

    def __post_init__(self) -> None:
        checks.integer("width", self.width, NARROWEST, WIDEST)
        checks.choice("format", self.format, FORMATS)
        checks.choice("architecture", self.architecture, ARCHITECTURES)
        if not isinstance(self.scaling, ScalingParameters):
            raise ConfigError("scaling", self.scaling, "a ScalingParameters object")
        self._check_count()
        if self.lanes is None:
            object.__setattr__(self, "lanes", self.rngs)
        else:
            # What is left out has been written out here already, where it is copied or resolved.
            checks.integer("lanes", self.lanes, 1, max(MOST_LANES, self.rngs))
        _ = self.bank
        if self.fixed_point.bits > WIDEST_OUTPUT:
            allowed = f'"shared-exponent": here "fixed-point" takes {self.fixed_point.bits} bits'
            raise ConfigError("scaling.output", self.scaling.output, f"{allowed}, over 32")

    def _check_count(self) -> None:
        checks.integer("rngs", self.rngs, 2, self.lfsr.period)
        if self.seeds is None:
            checks.integer("seed", self._seed, 0)
            return
        if self.seed is not None:
            raise ConfigError("seed", self.seed, "nothing where seeds are given")
        wanted = f"a list of rngs = {self.rngs} integers"
        given = checks.integers("seeds", self.seeds, wanted)
        if len(given) != self.rngs:
            raise ConfigError("seeds", list(given), f"{wanted} (it has {len(given)})")

    @property
    def _seed(self) -> int:
        return 1 if self.seed is None else self.seed

    @cached_property
    def lfsr(self) -> LFSRParameters:
        """The register that every RNG is."""
        return LFSRParameters(
            width=self.width, taps=self.taps, steps_per_cycle=self.steps_per_cycle
        )

    @cached_property
    def bank(self) -> BankParameters:
        """The RNGs with their seeds."""
        seeds = self.seeds
        if seeds is None:
            seeds = derive_seeds(self._seed, self.width, self.rngs)
        return BankParameters(lfsr=self.lfsr, seeds=seeds, rotate=self.rotate)

    @property
    def joint_orbit(self) -> int:
        """Cycles before the stream repeats."""
        return self.bank.joint_orbit

    @property
    def has_table(self) -> bool:
        """Whether there is a scale table, with a tracker that addresses it; if not, no code."""
        return self.scaling.is_adaptive

    @property
    def tracker(self) -> BankParameters:
        """A bank of one: it follows RNG 0, whose state addresses the scale table, if any."""
        return BankParameters(lfsr=self.lfsr, seeds=self.bank.seeds[:1], rotate=False)

    @property
    def entry_bits(self) -> int:
        """The bits of the tracker that a cycle makes anew, the others move up; 0 without one."""
        return min(self.steps_per_cycle, self.width) if self.has_table else 0

    @property
    def load_word_bits(self) -> int:
        """The bits of the widest word that can be loaded at run time, but for check words."""
        table = self.scaling.code_bits if self.has_table else 0
        return max(self.width + self.entry_bits, table)

    @property
    def state_format(self) -> FixedPoint:
        """What the mantissa of a state means, before its scale factor."""
        return FixedPoint.of_states(self.format, self.width)

    @property
    def fixed_point(self) -> FixedPoint:
        """What a mantissa at the pins means, before the code there, if there is one."""
        if not self.scaling.is_fixed_point:
            return self.state_format
        places = int(self.scale_table.codes.max()) if self.has_table else 0
        return self.state_format.shifted(places, self.base)

    @property
    def code_bits(self) -> int:
        """The width of the exponent code at the pins, 0 where there is none."""
        return self.scaling.code_bits if self.has_table and not self.scaling.is_shifted else 0

    @property
    def latency(self) -> int:
        """Enabled clock edges from reset to the first beat: the bank's, and the shifter's one."""
        return self.bank_latency + self.scaling.is_shifted

    @property
    def bank_latency(self) -> int:
        """Enabled clock edges from reset until the positions are those of cycle 0.

        As many as the table takes. Without one a single edge, for ``valid`` to be a flip-flop.
        """
        return _TABLE_LATENCY if self.has_table else 1

    @cached_property
    def orbit(self) -> Orbit:
        """Every state of an RNG in order, computed once for the table and the streams."""
        return Orbit(self.lfsr)

    @cached_property
    def scale_table(self) -> ScaleTable:
        """The exponent codes, computed once; what they would be where there is no table."""
        return ScaleTable(
            bank=self.bank,
            state_format=self.state_format,
            scaling=self.scaling,
            orbit=self.orbit,
        )

    @cached_property
    def base(self) -> int:
        """The exponent that code 0 stands for; where there is no table, that of every cycle."""
        if self.has_table:
            return self.scale_table.base
        return constant_exponent(
            rngs=self.rngs,
            state_format=self.state_format,
            scaling=self.scaling,
            orbit=self.orbit,
        )
