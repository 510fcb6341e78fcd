"""The on-the-fly generator as everybody outside its folder knows it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ...bench.bench import Bench
from ...errors import JointOrbitWarning
from ...numbers.beat_layout import WIDEST_WIRE, check_bus
from ...numbers.number_format import CODES, NumberFormat
from ...numbers.number_tables import GoldenNumbers, NumberGrid, NumberLoop, Numbers
from ..config_keys import keys_of, section
from ..facts import Facts
from ..generator import Generator, Sections
from ..inventory import Inventory
from ..replay.options import SystemOptions
from .benches import CircularShiftPointerBench, LFSRBankBench, ScaleFactorLUTBench
from .facts import facts_of
from .inventory import inventory_of
from .model import OnTheFlyStream
from .parameters import OnTheFlyParameters
from .replay import OnTheFlyReplay
from .rotated_rows import RotatedRows
from .scaling import ScalingParameters

if TYPE_CHECKING:
    from .rtl.core import OnTheFlyCore

LARGEST_TABLES = 96_000_000
_STRATEGY, _SCALING = "on-the-fly", "scaling"
_BENCHES = (LFSRBankBench, CircularShiftPointerBench)


@dataclass(frozen=True, kw_only=True)
class OnTheFlyGenerator(Generator):
    """A bank of LFSRs with its table of scale factors, or with one for all (paper, section 3).

    Attributes
    ----------
    parameters : OnTheFlyParameters
        All of it.
    """

    strategy: ClassVar[str] = _STRATEGY
    family_code: ClassVar[int] = 1
    sections: ClassVar[Mapping[str, tuple[str, ...]]] = {
        _STRATEGY: keys_of(OnTheFlyParameters, without=(_SCALING,)),
        _SCALING: keys_of(ScalingParameters),
    }
    renamed: ClassVar[Mapping[str, str]] = {"tile": "lanes"}

    parameters: OnTheFlyParameters

    @classmethod
    def read(cls, sections: Sections, folder: Path, *, in_use: bool) -> OnTheFlyGenerator:
        with section(_SCALING):
            scaling = ScalingParameters(**sections[_SCALING])  # type: ignore[arg-type]
        with section(_STRATEGY):
            own = sections[_STRATEGY]
            return cls(parameters=OnTheFlyParameters(**own, scaling=scaling))  # type: ignore[arg-type]

    def resolved(self) -> dict[str, dict[str, object]]:
        own = {key: getattr(self.parameters, key) for key in self.sections[_STRATEGY]}
        del own["seed"]
        own |= {
            "taps": list(self.parameters.lfsr.taps or ()),
            "seeds": list(self.parameters.bank.seeds),
        }
        scaling = {key: getattr(self.parameters.scaling, key) for key in self.sections[_SCALING]}
        return {_STRATEGY: own, _SCALING: scaling}

    def stream(self) -> OnTheFlyStream:
        return OnTheFlyStream(self.parameters)

    def number_table(self, form: NumberFormat) -> Numbers:
        """The fastest form whose tables, while they are made, stay below 96 MB together."""
        parameters, plain = self.parameters, GoldenNumbers(self.stream(), form)
        if form is CODES:
            return NumberLoop(plain, parameters.lfsr.period)
        period = parameters.joint_orbit * parameters.lanes
        rows = RotatedRows.count_for(parameters)
        most = LARGEST_TABLES // form.dtype.itemsize
        if rows + period <= most:
            return NumberLoop(RotatedRows(parameters, form), period)
        return RotatedRows(parameters, form) if rows <= most else plain

    def number_grid(self, form: NumberFormat) -> NumberGrid:
        """The bank as if it did not rotate, over one period of its LFSRs."""
        parameters = self.parameters
        still = OnTheFlyStream(replace(parameters, rotate=False, lanes=parameters.rngs))
        values = form.window(still, 0, parameters.lfsr.period)
        return NumberGrid(values=values, turn=parameters.rngs if parameters.rotate else 1)

    @property
    def table_cost(self) -> int:
        return RotatedRows.count_for(self.parameters)

    @property
    def starts(self) -> int:
        return self.parameters.joint_orbit

    @property
    def lanes_key(self) -> str:
        """As many as there are RNGs, unless somebody says otherwise."""
        key = "rngs" if self.parameters.lanes == self.parameters.rngs else "lanes"
        return f"{_STRATEGY}.{key}"

    def content(self) -> tuple[str | bytes, ...]:
        sections = self.resolved()
        del sections[_STRATEGY]["architecture"]
        if not self.parameters.has_table:
            del sections[_SCALING]["code_bits"]
        codes = self.parameters.scale_table.codes.tobytes() if self.parameters.has_table else b""
        return json.dumps(sections, sort_keys=True), str(self.parameters.base), codes

    def require_hardware(self) -> None:
        """The states of all RNGs are a bus; the lanes are wires to it, which no cell drives."""
        p, bits = self.parameters, self.parameters.fixed_point.bits
        check_bus(f"{_STRATEGY}.rngs", p.rngs, max(p.width, bits))
        check_bus(self.lanes_key, p.lanes, bits, widest=WIDEST_WIRE)

    def create(self) -> OnTheFlyCore:
        from .rtl.core import OnTheFlyCore

        return OnTheFlyCore(self.parameters)

    def benches(self) -> dict[str, Callable[[], Bench]]:
        benches = (*_BENCHES, ScaleFactorLUTBench) if self.parameters.has_table else _BENCHES
        return {bench.name: partial(bench, self.parameters) for bench in benches}

    def facts(self) -> Facts:
        return facts_of(self.parameters)

    def inventory(self) -> Inventory | None:
        return inventory_of(self.parameters)

    def replay(self, options: SystemOptions) -> OnTheFlyReplay:
        return OnTheFlyReplay(generator=self.parameters, options=options)

    def warn(self) -> None:
        """Says so where fewer combinations appear than the paper's n * (2^b - 1)."""
        bank = self.parameters.bank
        if bank.shared_factor == 1:
            return
        n, period = bank.rngs, bank.lfsr.period
        message = (
            f"on-the-fly.rngs = {n} and 2^{bank.lfsr.width} - 1 = {period} share the factor "
            f"{bank.shared_factor}: the joint orbit is {bank.joint_orbit} cycles, not {n * period}"
        )
        warnings.warn(message, JointOrbitWarning, stacklevel=4)
