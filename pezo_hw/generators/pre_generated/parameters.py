"""Everything about a pre-generated pool, as data; model and hardware are made from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ... import checks
from ...algebra.address_sequence import AddressSequence
from ...algebra.factor import divisors, golden_jump
from ...errors import ConfigError
from ...numbers.beat_layout import MOST_LANES
from ...numbers.fixed_point import FixedPoint
from ..config_keys import STARTS, section
from .copies import Copies
from .pool import Pool

LEFTOVERS = ("number", "row")
STORAGES = ("copies", "rows")
MOST_PORTS = 2
LARGEST_POOL = 1 << 20
NARROWEST, WIDEST = 2, 24
_SMALLEST_NORM = 1e-290


@dataclass(frozen=True, kw_only=True)
class PreGeneratedParameters:
    """N stored numbers of b bits, read L a cycle, round and round.

    The fields carry the names, defaults and ranges of the config file's ``[pre-generated]``
    section, except that ``values`` holds the numbers themselves: N floats in (-1, 1). ``seed`` and
    ``values`` exclude each other; without either, seed = 0. ``start`` is that of the section
    ``[perturbation]``.

    Widths reach from 2 to 24 bits, so that a float32 holds every value exactly.

    ``storage`` is a matter of hardware alone: ``"copies"``, which can start anywhere, or
    ``"rows"``, where each number is stored once. Where it is not given it is ``"rows"`` if the
    lanes divide the pool, else ``"copies"``.

    Raises
    ------
    ConfigError
        For any value that is not allowed; the key is the field's name. Where the storage is given,
        that includes a number of lanes that it cannot serve.

    Examples
    --------
    >>> from pezo_hw.generators.pre_generated import PreGeneratedParameters
    >>> parameters = PreGeneratedParameters()
    >>> parameters.stored_as, parameters.copies.count, parameters.joint_orbit
    ('copies', 4, 4095)
    >>> parameters = PreGeneratedParameters(lanes=45)
    >>> parameters.stored_as, parameters.rows, parameters.joint_orbit
    ('rows', 91, 91)
    >>> PreGeneratedParameters(pool=10, lanes=3, storage="rows")
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: lanes = 3 is not allowed; allowed: with storage = "rows" ...
    """

    pool: int = 4095
    width: int = 12
    lanes: int = 8
    seed: int | None = None
    values: Sequence[float] | None = None
    leftover: str = "number"
    storage: str | None = None
    ports: int = 2
    start: str = "next"

    latency = 1
    code_bits = 0

    def __post_init__(self) -> None:
        checks.integer("pool", self.pool, 1, LARGEST_POOL)
        checks.integer("width", self.width, NARROWEST, WIDEST)
        checks.integer("lanes", self.lanes, 1, MOST_LANES)
        checks.choice("leftover", self.leftover, LEFTOVERS)
        checks.choice("start", self.start, STARTS)
        if self.seed is not None:
            checks.integer("seed", self.seed, 0)
        if self.values is not None:
            self._check_values()
        if self.storage is not None:
            checks.choice("storage", self.storage, STORAGES)
        checks.integer("ports", self.ports, 1, MOST_PORTS)
        if self.stores_rows and self.ports != MOST_PORTS:
            allowed = f'{MOST_PORTS}, or 1 with storage = "copies"'
            raise ConfigError("ports", self.ports, allowed)
        if self.storage is not None:
            self._check_lanes()

    def _check_lanes(self) -> None:
        """Whether the storage can serve so many lanes."""
        if self.stores_rows and self.pool % self.lanes:
            divisors = ", ".join(map(str, self.divisors))
            allowed = f'with storage = "rows" a divisor of pool = {self.pool}: {divisors}'
            raise ConfigError("lanes", self.lanes, allowed)
        if not self.stores_rows and not self.copies.serve:
            raise ConfigError("lanes", self.lanes, self.copies.allowed)

    def _check_values(self) -> None:
        if self.seed is not None:
            raise ConfigError("seed", self.seed, "nothing where values are given")
        numbers = tuple(float(value) for value in self.values or ())
        if len(numbers) != self.pool:
            allowed = f"pool = {self.pool} numbers"
            raise ConfigError("values", f"{len(numbers)} numbers", allowed)
        for index, number in enumerate(numbers):
            if not -1.0 < number < 1.0:
                raise ConfigError(f"values[{index}]", number, "a number in (-1, 1)")
        if math.hypot(*numbers) < _SMALLEST_NORM:
            raise ConfigError(
                "values", "next to nothing", f"numbers of a norm above {_SMALLEST_NORM}"
            )
        object.__setattr__(self, "values", numbers)

    def require_hardware(self) -> None:
        """Checks that hardware can show so many lanes; raises ConfigError."""
        with section("pre-generated"):
            self._check_lanes()

    @property
    def stored_as(self) -> str:
        """The storage, as given or as the lanes want it."""
        if self.storage is not None:
            return self.storage
        return "copies" if self.pool % self.lanes else "rows"

    @property
    def stores_rows(self) -> bool:
        """Whether each number is stored once, in rows of L."""
        return self.stored_as == "rows"

    @cached_property
    def copies(self) -> Copies:
        """The copies of the pool (``storage = "copies"`` only)."""
        return Copies(pool=self.pool, lanes=self.lanes, ports=self.ports)

    @property
    def continues(self) -> bool:
        """Whether a perturbation starts with the number that the last one left over."""
        return self.leftover == "number"

    @property
    def most_unused(self) -> int:
        """The most numbers of its last cycle with which the next perturbation may start."""
        return self.lanes - 1 if self.continues and not self.draws else 0

    @property
    def draws(self) -> bool:
        """Whether perturbations start `jump` apart, however long they are."""
        return self.start == "drawn"

    @property
    def starts(self) -> int:
        """At how many positions a perturbation can start: numbers, or cycles if it takes these."""
        return self.pool if self.continues else self.joint_orbit

    @property
    def jump(self) -> int:
        """J, from where a perturbation starts to where the next one does (``draws`` only)."""
        return golden_jump(self.starts)

    @property
    def divisors(self) -> list[int]:
        """The numbers of lanes that divide the pool."""
        return divisors(self.pool)

    @property
    def rows(self) -> int:
        """R, the rows of L numbers that the pool is stored in (``storage = "rows"`` only)."""
        return self.pool // self.lanes

    @property
    def joint_orbit(self) -> int:
        """Cycles until the same L numbers are shown again."""
        return self.pool // math.gcd(self.pool, self.lanes)

    @property
    def address_sequence(self) -> AddressSequence:
        """Where each row is stored (``storage = "rows"`` only)."""
        return AddressSequence.for_rows(self.rows)

    @property
    def address_bits(self) -> int:
        """The bits of an address of the pool's memory."""
        return self.address_sequence.address_bits if self.stores_rows else self.copies.order.bits

    @property
    def load_word_bits(self) -> int:
        """The bits of the widest word that can be loaded at run time, but for check words."""
        return max(self.address_bits, self.width)

    @cached_property
    def quantised(self) -> Pool:
        """The scaled and rounded pool, computed once."""
        return Pool(count=self.pool, width=self.width, seed=self.seed or 0, values=self.values)

    @property
    def fixed_point(self) -> FixedPoint:
        """What a mantissa means; its fraction bits follow from the pool's largest number."""
        return FixedPoint(name="twos-complement", bits=self.width, frac=self.quantised.frac)
