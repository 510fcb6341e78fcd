"""What the kinds whose lanes have long shift registers have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from ...bench.bench import Bench
from ...numbers.number_format import NumberFormat
from .benches.leap_bank import LeapBankBench
from .benches.leap_group import LeapGroupBench
from .kind import Kind
from .leap_lfsr import wide_start_states
from .leap_stream import LeapForm, LeapStream
from .mantissa_numbers import MantissaNumbers

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component

    from .rtl.leap_core import LeapCore


class LeapKind(Kind):
    """W lanes in groups, each with a `LeapLFSR` of its own.

    A subclass says the ``form`` of a group and the ``part`` that makes its numbers in hardware, and
    what is said of it.

    Attributes
    ----------
    form : LeapForm
        What a group is.
    part_name : str
        What its bench is called.
    """

    form: ClassVar[LeapForm]
    part_name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.fixed_point = cls.form.fixed_point
        cls.latency = cls.form.latency

    @staticmethod
    @abstractmethod
    def part() -> Component:
        """A group's logic: the new bits come in as ``words``, the mantissas leave as ``samples``.

        Its clock enable is ``en``; it has no other pins.
        """

    @property
    def joint_orbit(self) -> int:
        return self.form.source.period

    @property
    def table_cost(self) -> int:
        """A table of what each mantissa is worth."""
        return 1 << self.fixed_point.bits

    @cached_property
    def starts(self) -> list[int]:
        """The state of each group's register at cycle 0."""
        return wide_start_states(self.seed, self.form.groups(self.lanes), self.form.source.width)

    @property
    def buses(self) -> Mapping[int, int]:
        """No bus is wider than the mantissas: the registers lie in several banks."""
        return {}

    def stream(self) -> LeapStream:
        return LeapStream(self.form, self.starts, self.lanes)

    def number_table(self, form: NumberFormat) -> MantissaNumbers:
        return MantissaNumbers(self.stream(), form)

    def create(self) -> LeapCore:
        from .rtl.leap_core import LeapCore

        return LeapCore(self.form, self.part, self.starts, self.lanes)

    def benches(self) -> dict[str, Callable[[], Bench]]:
        bank = partial(LeapBankBench, self.form, self.starts)
        group = partial(LeapGroupBench, self.part_name, self.form, self.part)
        return {LeapBankBench.name: bank, self.part_name: group}

    @property
    def registers(self) -> str:
        """The registers in words."""
        source, lanes = self.form.source, self.form.size
        each = "one a lane" if lanes == 1 else f"one for {lanes} lanes"
        return (
            f"{len(self.starts)}, {each}, of {source.width} bits, "
            f"{source.leap} steps a cycle, taps {source.width} and {source.tap}, XNOR feedback"
        )

    @property
    def source_entry(self) -> dict[str, int]:
        """A register in the manifest."""
        source = self.form.source
        return {"width": source.width, "tap": source.tap, "leap": source.leap}
