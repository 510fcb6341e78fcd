"""What a waveform of a run shows: each number of each pin as a signal, expected beside actual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..bench.bench import Block
from ..bench.fields import Field, Fields
from ..numbers.bit_rows import BitRows, rows_of_strings

_ZERO, _ONE, _UNDEFINED = b"01x"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Some columns of the matrix of a block.

    Attributes
    ----------
    path : tuple of str
        The scopes that it lies in, below the top's, and its name.
    first, bits : int
        Its columns, the most significant bit first.
    is_signed : bool
        Whether it is in two's complement.
    """

    path: tuple[str, ...]
    first: int
    bits: int
    is_signed: bool = False


@dataclass(frozen=True, kw_only=True)
class Waveform:
    """Which signals there are, and their values as a matrix of the characters 0, 1 and x.

    Attributes
    ----------
    signals : tuple of Signal
        ``differs``, the input pins in ``inputs``, the output pins' numbers in ``actual``, and the
        same in ``expected``.
    inputs, outputs : dict of str to int
        The bits of each pin.
    """

    signals: tuple[Signal, ...]
    inputs: Mapping[str, int]
    outputs: Mapping[str, int]

    @staticmethod
    def of(
        block: Block, fields: Mapping[str, Fields], input_bits: Callable[[str], int]
    ) -> Waveform:
        """The waveform of a bench, given any block of it and the bits of its input pins."""
        inputs = {pin: input_bits(pin) for pin in block.inputs}
        outputs = {pin: rows.shape[1] for pin, rows in block.expected.items()}
        signals = [Signal(path=("differs",), first=0, bits=1)]
        for pin, bits in inputs.items():
            signals.append(Signal(path=("inputs", pin), first=_end(signals), bits=bits))
        for side in ("actual", "expected"):
            for pin, bits in outputs.items():
                known = fields.get(pin, ())
                signals += _numbers((side, pin), _end(signals), bits, known)
        return Waveform(signals=tuple(signals), inputs=inputs, outputs=outputs)

    def matrix(self, block: Block, samples: Mapping[str, list[str]]) -> BitRows:
        """One row for each cycle of a block; expected bits that are not defined are ``x``."""
        actual = [_of_width(rows_of_strings(samples[pin]), n) for pin, n in self.outputs.items()]
        expected = [_expected(block, pin) for pin in self.outputs]
        differs = np.zeros(len(block), dtype=np.bool_)
        for pin, seen, wanted in zip(self.outputs, actual, expected, strict=True):
            differs |= (seen != wanted).any(axis=1) & block.defined.get(pin, True)
        return np.concatenate(
            [
                np.where(differs, _ONE, _ZERO).astype(np.uint8)[:, None],
                *(_driven(block.inputs[pin], bits) for pin, bits in self.inputs.items()),
                *actual,
                *expected,
            ],
            axis=1,
        )

    def beside(self) -> Iterator[tuple[Signal, ...]]:
        """What belongs side by side: a signal alone, or an actual one with what is expected."""
        expected = {
            signal.path[1:]: signal for signal in self.signals if signal.path[0] == "expected"
        }
        for signal in self.signals:
            if signal.path[0] == "actual":
                yield signal, expected[signal.path[1:]]
            elif signal.path[0] != "expected":
                yield (signal,)


def _end(signals: list[Signal]) -> int:
    """The column behind all signals; those of a pin begin with its lowest bits."""
    return max(signal.first + signal.bits for signal in signals)


def _numbers(scope: tuple[str, ...], start: int, bits: int, fields: Fields) -> list[Signal]:
    """The signals of an output pin in these columns, the lowest number first."""
    if not fields:
        return [Signal(path=scope, first=start, bits=bits)]
    rest = bits - sum(field.width for field in fields)
    numbers, end = [], start + bits
    for field in (*fields, *([Field(name="rest", bits=rest)] if rest > 0 else [])):
        for name in field.parts():
            end -= field.bits
            path = (*scope, name.replace(" ", "_") or "value")
            numbers.append(Signal(path=path, first=end, bits=field.bits, is_signed=field.is_signed))
    return numbers


def _driven(values: list[int], bits: int) -> BitRows:
    return rows_of_strings([f"{value:0{bits}b}" for value in values])


def _expected(block: Block, pin: str) -> BitRows:
    rows = block.expected[pin]
    defined = block.defined.get(pin)
    if defined is None:
        return rows
    return np.where(defined[:, None], rows, np.uint8(_UNDEFINED))


def _of_width(rows: BitRows, bits: int) -> BitRows:
    """Rows of somebody else's hardware, whose pin may be wider, or narrower, than expected."""
    lowest = rows[:, max(0, rows.shape[1] - bits) :]
    missing = np.full((len(rows), bits - lowest.shape[1]), _UNDEFINED, dtype=np.uint8)
    found: NDArray[np.uint8] = np.concatenate([missing, lowest], axis=1)
    return found
