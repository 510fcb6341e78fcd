"""Tensors of NumPy and PyTorch as flat arrays that can be added to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from ..numbers.bfloat16 import round_to_bfloat16, widen_bfloat16

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class WeightType:
    """How weights of one type are added to.

    Attributes
    ----------
    wide : numpy.dtype
        The type in which sums are computed.
    add : callable
        ``add(weights, steps, out)``: out = weights + steps, the sum computed and rounded in
        ``wide`` and then rounded to the weights' type, to nearest, ties to even. ``steps`` are
        of type ``wide``; ``out`` may be ``weights`` itself.
    """

    wide: np.dtype[Any]
    add: Callable[[Array, Array, Array], None]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One tensor, seen flat: writing to it writes to the tensor.

    Attributes
    ----------
    flat : ndarray, shape (N,)
        The tensor's own memory; a bfloat16 as the uint16 of its bits.
    type : WeightType
        How to add to it.
    """

    flat: Array
    type: WeightType

    @classmethod
    def of(cls, tensor: Any) -> Weights:
        """The weights of a numpy.ndarray or of a torch.Tensor on the CPU.

        A NumPy array of uint16 holds the bits of bfloat16.

        Raises
        ------
        PezoError
            For a tensor of another type, one with gaps, read-only, or on another device.
        """
        array = _from_torch(tensor) if hasattr(tensor, "detach") else tensor
        if not isinstance(array, np.ndarray) or array.dtype.name not in _TYPES:
            found = getattr(array, "dtype", type(array).__name__)
            raise _refused(f"of {found}", "float32, float16, bfloat16 or float64")
        if not (array.flags.c_contiguous and array.flags.writeable):
            raise _refused("with gaps or read-only", "contiguous and writable ones")
        stored = array.view(np.uint16) if array.dtype.name == "bfloat16" else array
        return cls(flat=stored.reshape(-1), type=_TYPES[array.dtype.name])


def _from_torch(tensor: Any) -> Any:
    """The memory of a PyTorch tensor; NumPy has no bfloat16, so that comes as uint16."""
    import torch

    if tensor.device.type != "cpu":
        raise _refused(f"on {tensor.device}", "tensors on the CPU")
    if not tensor.is_contiguous():
        raise _refused("with gaps", "contiguous ones")
    shared = tensor.detach()
    return (shared.view(torch.uint16) if shared.dtype == torch.bfloat16 else shared).numpy()


def _refused(found: str, allowed: str) -> PezoError:
    return PezoError(f"a tensor {found} is not allowed; allowed: {allowed}")


def _add_plainly(weights: Array, steps: Array, out: Array) -> None:
    np.add(weights, steps, out=out)


def _add_float16(weights: Array, steps: Array, out: Array) -> None:
    sums = weights.astype(np.float32)
    sums += steps
    with np.errstate(over="ignore"):
        np.copyto(out, sums, casting="same_kind")


def _add_bfloat16(weights: Array, steps: Array, out: Array) -> None:
    sums = widen_bfloat16(weights)
    sums += steps
    out[:] = round_to_bfloat16(sums)


_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)
_BFLOAT16 = WeightType(wide=_FLOAT32, add=_add_bfloat16)
_TYPES = {
    "float32": WeightType(wide=_FLOAT32, add=_add_plainly),
    "float64": WeightType(wide=_FLOAT64, add=_add_plainly),
    "float16": WeightType(wide=_FLOAT32, add=_add_float16),
    "bfloat16": _BFLOAT16,
    "uint16": _BFLOAT16,
}
