"""The types in which a fast stream gives its numbers, and the arrays that may take them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from .stream import Stream

_QUIET_NAN = np.uint16(0x7FC0)


@dataclass(frozen=True, kw_only=True)
class NumberFormat:
    """A type of number and how the golden model's windows become it.

    Attributes
    ----------
    name : str
        What messages call it.
    dtype : numpy.dtype
        The type of the arrays; uint16 holds the bits of a bfloat16.
    window : callable
        ``window(stream, start, count)``: the numbers of ``count`` cycles from cycle ``start``,
        shape (count, W); or their codes, shape (count,).
    """

    name: str
    dtype: np.dtype[Any]
    window: Callable[[Stream, int, int], NDArray[Any]]


def _float16(stream: Stream, start: int, count: int) -> NDArray[np.float16]:
    return stream.values(start, count).astype(np.float16)


def _bfloat16(stream: Stream, start: int, count: int) -> NDArray[np.uint16]:
    return round_to_bfloat16(stream.values(start, count))


def _mantissas(dtype: np.dtype[Any]) -> Callable[[Stream, int, int], NDArray[Any]]:
    def window(stream: Stream, start: int, count: int) -> NDArray[Any]:
        return stream.mantissas(start, count).astype(dtype)

    return window


VALUES = {
    form.dtype: form
    for form in (
        NumberFormat(
            name="float32", dtype=np.dtype(np.float32), window=lambda s, t, n: s.values(t, n)
        ),
        NumberFormat(name="float16", dtype=np.dtype(np.float16), window=_float16),
        NumberFormat(name="bfloat16", dtype=np.dtype(np.uint16), window=_bfloat16),
    )
}
MANTISSAS = {
    dtype: NumberFormat(name=dtype.name, dtype=dtype, window=_mantissas(dtype))
    for dtype in (np.dtype(np.int8), np.dtype(np.int16), np.dtype(np.int32))
}
CODES = NumberFormat(name="code", dtype=np.dtype(np.uint8), window=lambda s, t, n: s.codes(t, n))
FLOAT32 = VALUES[np.dtype(np.float32)]


def narrowest_mantissas(bits: int) -> NumberFormat:
    """The smallest integer type that holds mantissas of ``bits`` <= 32 bits."""
    return next(form for dtype, form in MANTISSAS.items() if 8 * dtype.itemsize >= bits)


def format_for(dtype: np.dtype[Any], bits: int) -> NumberFormat:
    """What an array of ``dtype`` is filled from, with mantissas of ``bits`` bits.

    Raises
    ------
    PezoError
        For a type that is none of the formats, or too narrow for the mantissas.
    """
    if dtype in VALUES:
        return VALUES[dtype]
    narrowest = narrowest_mantissas(bits)
    fitting = [d for d in MANTISSAS if d.itemsize >= narrowest.dtype.itemsize]
    if dtype in fitting:
        return narrowest
    names = ", ".join(d.name for d in (*VALUES, *fitting))
    raise PezoError(f"out of {dtype} is not allowed; allowed here: {names}")


def round_to_bfloat16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The bits of each value's nearest bfloat16, ties to even; any NaN is 0x7FC0.

    NumPy has no such type, so that uint16 holds it. The shape, of at least one dimension, is kept.
    """
    # In place, since a model's weights come through here: half of the last place, less one bit
    # where what is kept is even, is added, and the carry rounds up.
    bits = values.view(np.uint32)
    rounded = bits >> np.uint32(16)
    rounded &= np.uint32(1)
    rounded += np.uint32(0x7FFF)
    rounded += bits
    rounded >>= np.uint32(16)
    result = rounded.astype(np.uint16)
    # The carry would make an infinity, or a zero, of some of them.
    result[np.isnan(values)] = _QUIET_NAN
    return result


def widen_bfloat16(bits: NDArray[np.uint16]) -> NDArray[np.float32]:
    """The same numbers as float32, exactly, for a shape of at least one dimension."""
    wide = bits.astype(np.uint32)
    wide <<= np.uint32(16)
    return wide.view(np.float32)


def is_plain(array: object) -> TypeGuard[NDArray[Any]]:
    """Whether it is NumPy's own array and not a matrix, a masked array or another subclass."""
    return type(array) in (np.ndarray, np.memmap)
