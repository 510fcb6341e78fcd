"""The Gaussian generators as everybody outside their folder knows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NoReturn

from ...bench.bench import Bench
from ...errors import ConfigError
from ...numbers.beat_layout import check_bus
from ...numbers.number_format import CODES, NumberFormat
from ...numbers.number_tables import GoldenNumbers, NumberLoop, Numbers
from ..config_keys import keys_of, section
from ..facts import Facts
from ..generator import Generator, Sections
from ..inventory import Inventory
from ..replay.options import SystemOptions
from .kind import GaussianStream
from .parameters import GaussianParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

_STRATEGY = "gaussian"


@dataclass(frozen=True, kw_only=True)
class GaussianGenerator(Generator):
    """Gaussian numbers as other hardware makes them: what a perturbation generator replaces.

    Attributes
    ----------
    parameters : GaussianParameters
        All of it.
    """

    strategy: ClassVar[str] = _STRATEGY
    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {_STRATEGY: keys_of(GaussianParameters)}

    parameters: GaussianParameters

    @classmethod
    def read(cls, sections: Sections, folder: Path, *, in_use: bool) -> GaussianGenerator:
        with section(_STRATEGY):
            return cls(parameters=GaussianParameters(**sections[_STRATEGY]))  # type: ignore[arg-type]

    def resolved(self) -> dict[str, dict[str, object]]:
        return {_STRATEGY: asdict(self.parameters)}

    def stream(self) -> GaussianStream:
        return self.parameters.kind.stream()

    def number_table(self, form: NumberFormat) -> Numbers:
        """The kind's own; there are no codes, which is 0 always."""
        if form is CODES:
            return NumberLoop(GoldenNumbers(self.stream(), form), 1)
        return self.parameters.kind.number_table(form)

    @property
    def table_cost(self) -> int:
        return self.parameters.kind.table_cost

    @property
    def starts(self) -> int:
        return self.parameters.joint_orbit

    @property
    def lanes_key(self) -> str:
        return f"{_STRATEGY}.lanes"

    def content(self) -> tuple[str | bytes, ...]:
        return (json.dumps(self.resolved(), sort_keys=True),)

    def require_hardware(self) -> None:
        super().require_hardware()
        for bits, count in self.parameters.kind.buses.items():
            check_bus(self.lanes_key, count, bits)

    def create(self) -> Component:
        self.require_hardware()
        return self.parameters.kind.create()

    def benches(self) -> dict[str, Callable[[], Bench]]:
        return self.parameters.kind.benches()

    def facts(self) -> Facts:
        return self.parameters.kind.facts()

    def inventory(self) -> Inventory | None:
        return self.parameters.kind.inventory()

    def replay(self, options: SystemOptions) -> NoReturn:
        """It is here to be measured: its registers have no way back."""
        allowed = "a strategy that can go back to where a perturbation began"
        raise ConfigError("perturbation.strategy", _STRATEGY, allowed)
