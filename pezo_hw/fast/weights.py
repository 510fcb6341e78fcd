"""Tensors of NumPy and PyTorch as flat arrays that can be added to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from ..numbers.number_format import is_plain, round_to_bfloat16, widen_bfloat16

Array = NDArray[Any]
_ALLOWED = "float32, float16, bfloat16 or float64"


@dataclass(frozen=True, kw_only=True)
class WeightType:
    """How one computes with weights of one type.

    Attributes
    ----------
    wide : numpy.dtype
        The type in which is computed.
    combine : callable
        ``combine(ufunc, weights, operand, out)``: out = ufunc(weights, operand), computed and
        rounded in ``wide`` and then rounded to the weights' type, to nearest, ties to even.
        ``operand`` is of type ``wide``; ``out`` may be ``weights`` itself.
    """

    wide: np.dtype[Any]
    combine: Callable[[np.ufunc, Array, Any, Array], None]

    def add(self, weights: Array, steps: Array, out: Array) -> None:
        """Out = weights + steps, with steps of type ``wide``."""
        self.combine(np.add, weights, steps, out)

    def scale(self, weights: Array, factor: float, out: Array) -> None:
        """Out = factor * weights."""
        self.combine(np.multiply, weights, self.wide.type(factor), out)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One tensor, seen flat: writing to it writes to the tensor.

    Attributes
    ----------
    flat : ndarray, shape (N,)
        The tensor's own memory; a bfloat16 as the uint16 of its bits.
    type : WeightType
        How to compute with it.
    """

    flat: Array
    type: WeightType

    @classmethod
    def of(cls, tensor: Any) -> Weights:
        """The weights of a numpy.ndarray or of a torch.Tensor on the CPU.

        A NumPy array of uint16 holds the bits of bfloat16. Of NumPy's subclasses only
        numpy.memmap is taken: the others have a shape or a mask of their own.

        Raises
        ------
        PezoError
            For a tensor of another type or byte order, one with gaps, read-only, or on another
            device.
        """
        array = _from_torch(tensor) if is_torch(tensor) else tensor
        if not is_plain(array):
            raise _refusal(f"of {type(array).__name__}", _ALLOWED)
        if array.dtype.kind == "V" and array.dtype.name == "bfloat16":  # of the package ml_dtypes
            array = array.view(np.uint16)
        if array.dtype not in _TYPES:
            raise _refusal(f"of {array.dtype}", _ALLOWED)
        if not (array.flags.c_contiguous and array.flags.behaved):
            raise _refusal("with gaps or read-only", "contiguous and writable ones")
        return cls(flat=array.reshape(-1), type=_TYPES[array.dtype])


def is_torch(tensor: object) -> bool:
    """Whether it is a torch.Tensor; PyTorch is not imported to find out."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(tensor, torch.Tensor)


def listed(tensors: Iterable[Any]) -> list[Any]:
    """The tensors one by one; a single one is refused, since its rows would be taken for tensors.

    Raises
    ------
    PezoError
        For a tensor in the place of a list of them, or what cannot be gone through.
    """
    if isinstance(tensors, (np.ndarray, str, bytes, dict)) or is_torch(tensors):
        raise _refusal_of_list(tensors)
    try:
        return list(tensors)
    except TypeError:
        raise _refusal_of_list(tensors) from None


def _from_torch(tensor: Any) -> Any:
    """The memory of a PyTorch tensor; NumPy has no bfloat16, so that comes as uint16."""
    import torch

    if tensor.device.type != "cpu":
        raise _refusal(f"on {tensor.device}", "tensors on the CPU")
    if tensor.layout != torch.strided or torch.nn.parameter.is_lazy(tensor):
        raise _refusal("that is sparse or not initialised", "contiguous ones")
    if not tensor.is_contiguous() or tensor.is_neg() or tensor.is_conj():
        raise _refusal("with gaps", "contiguous ones")
    shared = tensor.detach()
    if shared.dtype == torch.bfloat16:
        return shared.view(torch.uint16).numpy()
    if shared.dtype not in (torch.float16, torch.float32, torch.float64):
        raise _refusal(f"of {str(shared.dtype).removeprefix('torch.')}", _ALLOWED)
    return shared.numpy()


def _refusal(found: str, allowed: str) -> PezoError:
    return PezoError(f"a tensor {found} is not allowed; allowed: {allowed}")


def _refusal_of_list(found: object) -> PezoError:
    name = type(found).__name__
    return PezoError(f"tensors = {name} is not allowed; allowed: a list of arrays or tensors")


def _plainly(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    ufunc(weights, operand, out=out)


def _in_float32(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    results = weights.astype(np.float32)
    ufunc(results, operand, out=results)
    with np.errstate(over="ignore"):
        np.copyto(out, results, casting="same_kind")


def _in_bits(ufunc: np.ufunc, weights: Array, operand: Any, out: Array) -> None:
    results = widen_bfloat16(weights)
    ufunc(results, operand, out=results)
    out[:] = round_to_bfloat16(results)


_FLOAT32, _FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)
_TYPES = {
    _FLOAT32: WeightType(wide=_FLOAT32, combine=_plainly),
    _FLOAT64: WeightType(wide=_FLOAT64, combine=_plainly),
    np.dtype(np.float16): WeightType(wide=_FLOAT32, combine=_in_float32),
    np.dtype(np.uint16): WeightType(wide=_FLOAT32, combine=_in_bits),
}
