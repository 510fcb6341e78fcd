"""The first cycles of a core at its pins, from the golden model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..bench.bench import Block
from ..bench.fields import Field
from ..config import Config
from ..numbers.bit_rows import integers_of_rows
from ..systems.registry import CORE, SYSTEMS
from .timing import Row, TimingDiagram

CYCLES = 14
_STALLED = 3
_MOST_LANES = 4


def first_cycles(config: Config) -> TimingDiagram:
    """A reset, the first beats of the stream, and a stall of one cycle among them.

    Of many lanes the first ones and the last are shown.
    """
    bench = SYSTEMS[CORE].bench(config)
    rst = np.zeros(CYCLES, dtype=np.bool_)
    rst[0] = True
    en = ~rst
    en[config.parameters.latency + _STALLED] = False
    block = bench.respond(rst, en, np.random.default_rng(1))
    pins = [
        *(Row(name=pin, values=values, is_bit=True) for pin, values in block.inputs.items()),
        *(_row(block, pin, pin) for pin in block.expected if pin not in bench.fields),
    ]
    groups = [("", pins)]
    for pin, fields in bench.fields.items():
        groups.append((pin, list(_numbers(block, pin, fields[0], config.parameters.lanes))))
    title = f"{config.name}: the first cycles at the core's pins, with golden values"
    return TimingDiagram(title=title, clock=bench.clock, groups=groups)


def _row(block: Block, pin: str, name: str) -> Row:
    values = integers_of_rows(block.expected[pin])
    is_bit = pin not in block.defined
    return Row(name=name, values=_where_defined(block, pin, values), is_bit=is_bit)


def _numbers(block: Block, pin: str, field: Field, lanes: int) -> Iterator[Row]:
    """A row for each lane that is shown."""
    rows = block.expected[pin]
    shown = range(lanes) if lanes <= _MOST_LANES else (*range(_MOST_LANES - 1), lanes - 1)
    for lane in shown:
        high = rows.shape[1] - lane * field.bits
        numbers = integers_of_rows(rows[:, high - field.bits : high])
        signed = [n - (n >> field.bits - 1 << field.bits) for n in numbers]
        yield Row(name=f"lane {lane}", values=_where_defined(block, pin, signed))


def _where_defined(block: Block, pin: str, values: list[int]) -> list[int | None]:
    defined = block.defined.get(pin)
    if defined is None:
        return list(values)
    return [v if there else None for v, there in zip(values, defined.tolist(), strict=True)]
