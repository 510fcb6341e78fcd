"""The pre-generated pool as everybody outside its folder knows it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ... import checks
from ...bench.bench import Bench
from ...errors import ConfigError
from ...numbers.number_format import CODES, NumberFormat
from ...numbers.number_tables import GoldenNumbers, NumberLoop, Numbers
from ..config_keys import keys_of, section
from ..facts import Facts
from ..generator import Generator, Sections
from ..inventory import Inventory
from ..replay.options import SystemOptions
from .benches import CopyAddressBench, PoolReaderBench
from .copy_replay import CopyReplay
from .facts import facts_of
from .inventory import inventory_of
from .model import PreGeneratedStream
from .parameters import LARGEST_POOL, PreGeneratedParameters
from .pool_file import read_values
from .replay import PreGeneratedReplay
from .row_replay import RowReplay

if TYPE_CHECKING:
    from .rtl.core import PreGeneratedCore

_STRATEGY = "pre-generated"


@dataclass(frozen=True, kw_only=True)
class PreGeneratedGenerator(Generator):
    """A pool of stored numbers (paper, section 3.1, pre-generation).

    Attributes
    ----------
    parameters : PreGeneratedParameters
        All of it.
    values_file : str or None
        The file of the pool's numbers as the config names it, where there is one.
    """

    strategy: ClassVar[str] = _STRATEGY
    family_code: ClassVar[int] = 2
    draws_starts: ClassVar[bool] = True
    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {
        _STRATEGY: keys_of(PreGeneratedParameters, without=("start",))
    }

    parameters: PreGeneratedParameters
    values_file: str | None = None

    @classmethod
    def read(cls, sections: Sections, folder: Path, *, in_use: bool) -> PreGeneratedGenerator:
        keys = dict(sections[_STRATEGY])
        if in_use and "start" in sections["perturbation"]:
            keys["start"] = sections["perturbation"]["start"]
        with section(_STRATEGY):
            file = keys.pop("values", None)
            if file is not None and not isinstance(file, str):
                raise ConfigError("values", file, "the name of a .npy file")
            if file is not None and in_use:
                checks.integer("pool", keys.get("pool", 1), 1, LARGEST_POOL)
                keys["values"] = read_values(folder / file, file)
            try:
                parameters = PreGeneratedParameters(**keys)  # type: ignore[arg-type]
            except ConfigError as error:
                if error.key != "values":
                    raise
                allowed = f"{error.allowed} (found: {error.value})"
                raise ConfigError("values", file, allowed) from None
        return cls(parameters=parameters, values_file=file)

    def resolved(self) -> dict[str, dict[str, object]]:
        own = {key: getattr(self.parameters, key) for key in self.sections[_STRATEGY]}
        own["storage"] = self.parameters.stored_as
        if self.parameters.values is None:
            del own["values"]
            own["seed"] = self.parameters.seed or 0
        else:
            del own["seed"]
            own["values"] = self.values_file
        return {_STRATEGY: own}

    def stream(self) -> PreGeneratedStream:
        return PreGeneratedStream(self.parameters)

    def number_table(self, form: NumberFormat) -> Numbers:
        """A loop of the pool; a pool has no codes, which is 0 always."""
        period = 1 if form is CODES else self.parameters.pool
        return NumberLoop(GoldenNumbers(self.stream(), form), period)

    @property
    def table_cost(self) -> int:
        return self.parameters.pool

    @property
    def starts(self) -> int:
        return self.parameters.starts

    @property
    def start(self) -> str:
        return self.parameters.start

    @property
    def lanes_key(self) -> str:
        return f"{_STRATEGY}.lanes"

    def content(self) -> tuple[str | bytes, ...]:
        """The stored numbers, wherever they come from, and where perturbations start."""
        section, pool = self.resolved()[_STRATEGY], self.parameters.quantised
        for key in ("seed", "values"):
            section.pop(key, None)
        numbers = pool.mantissas.astype("<i4").tobytes()
        drawn = ("drawn",) if self.parameters.draws else ()
        return json.dumps({_STRATEGY: section}, sort_keys=True), str(pool.frac), numbers, *drawn

    def require_hardware(self) -> None:
        self.parameters.require_hardware()
        super().require_hardware()

    def create(self) -> PreGeneratedCore:
        self.require_hardware()
        from .rtl.core import PreGeneratedCore

        return PreGeneratedCore(self.parameters)

    def benches(self) -> dict[str, Callable[[], Bench]]:
        """A pool of one row is wired in, and has no reader worth testing alone."""
        parameters = self.parameters
        if parameters.stores_rows and parameters.rows == 1:
            return {}
        benches: dict[str, Callable[[], Bench]] = {
            PoolReaderBench.name: partial(PoolReaderBench, parameters)
        }
        if not parameters.stores_rows:
            benches[CopyAddressBench.name] = partial(CopyAddressBench, parameters.copies)
        return benches

    def facts(self) -> Facts:
        return facts_of(self.parameters)

    def inventory(self) -> Inventory | None:
        return inventory_of(self.parameters)

    def replay(self, options: SystemOptions) -> PreGeneratedReplay:
        self.require_hardware()
        kind = RowReplay if self.parameters.stores_rows else CopyReplay
        return kind(generator=self.parameters, options=options)
