"""Computing with NumPy on the CPU, in the types of number that weights have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..numbers.number_format import round_to_bfloat16, widen_bfloat16
from ..numbers.number_tables import Numbers
from .arithmetic import Arithmetic

Array = NDArray[Any]
_BITS = {size: np.dtype(f"u{size}") for size in (1, 2, 4, 8)}
_LARGEST = 127  # of an int8 weight, of either sign


@dataclass(frozen=True, kw_only=True)
class HostArithmetic(Arithmetic):
    """With NumPy, on the CPU.

    Attributes
    ----------
    wide : numpy.dtype
        As of `Arithmetic`.
    combine : callable
        ``combine(ufunc, weights, operand, out)``: out = ufunc(weights, operand), computed and
        rounded in ``wide`` and then rounded to the weights' type. ``operand`` is of type ``wide``;
        ``out`` may be ``weights`` itself.
    """

    wide: np.dtype[Any]
    combine: Callable[[np.ufunc, Array, Any, Array], None]

    def local(self, numbers: Numbers) -> Numbers:
        return numbers

    def add(self, weights: Array, z: Array, scale: float, out: Array) -> None:
        self.combine(np.add, weights, np.multiply(z, self.wide.type(scale)), out)

    def scale(self, weights: Array, factor: float, out: Array) -> None:
        self.combine(np.multiply, weights, self.wide.type(factor), out)

    def copy(self, array: Array) -> Array:
        return array.copy()

    def empty(self, array: Array) -> Array:
        return np.empty(array.shape, array.dtype)

    def put(self, array: Array, values: Array) -> None:
        array[...] = values

    def places(self, one: Array, other: Array) -> NDArray[np.uint16]:
        return np.flatnonzero(differing(one, other)).astype(np.uint16)

    def count_differing(self, one: Array, other: Array) -> int:
        return int(np.count_nonzero(differing(one, other)))


def differing(one: Array, other: Array) -> NDArray[np.bool_]:
    """Where two arrays of the same type have different bits."""
    bits = _BITS[one.itemsize]
    unequal: NDArray[np.bool_] = one.view(bits) != other.view(bits)
    return unequal


def _plainly(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    ufunc(weights, operand, out=out)


def _in_float32(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    results = weights.astype(np.float32)
    ufunc(results, operand, out=results)
    _narrow(out, results)


@np.errstate(over="ignore")  # an exception may come between a `with` and its end
def _narrow(out: Array, results: Array) -> None:
    np.copyto(out, results, casting="same_kind")


def _in_bits(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    results = widen_bfloat16(weights)
    ufunc(results, operand, out=results)
    out[:] = round_to_bfloat16(results)


def _saturated(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    results = weights.astype(np.int16)
    ufunc(results, operand, out=results)
    np.clip(results, -_LARGEST, _LARGEST, out=results)
    np.copyto(out, results, casting="same_kind")


_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)
TYPES = {
    _FLOAT32: HostArithmetic(wide=_FLOAT32, combine=_plainly),
    _FLOAT64: HostArithmetic(wide=_FLOAT64, combine=_plainly),
    np.dtype(np.float16): HostArithmetic(wide=_FLOAT32, combine=_in_float32),
    np.dtype(np.uint16): HostArithmetic(wide=_FLOAT32, combine=_in_bits),
}
"""How to compute with each type of number that a tensor may have in NumPy."""

INT8 = HostArithmetic(wide=np.dtype(np.int16), combine=_saturated)
"""How to compute with int8 weights and integer z: sums are held at -127 and 127."""
