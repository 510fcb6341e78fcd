"""Tensors of NumPy and PyTorch as arrays that can be added to."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import PezoError
from ..numbers.number_format import is_plain
from ..numbers.number_tables import Numbers
from .arithmetic import Arithmetic
from .host import TYPES, Array

_ALLOWED = "float32, float16, bfloat16 or float64"
_IN_TORCH = frozenset(("float16", "bfloat16", "float32", "float64"))


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One tensor, as what can be computed with: writing to it writes to the tensor.

    Attributes
    ----------
    array : ndarray or torch.Tensor
        The tensor's own memory, of any strides; in NumPy a bfloat16 is the uint16 of its bits.
    type : Arithmetic
        How to compute with it.
    span : tuple of (str, int, int)
        Device, address and bytes from the first to the last number.
    """

    array: Any
    type: Arithmetic
    span: tuple[str, int, int]

    @classmethod
    def of(cls, tensor: Any) -> Weights:
        """The weights of a numpy.ndarray or of a torch.Tensor.

        A NumPy array of uint16 holds the bits of bfloat16. Of NumPy's subclasses only
        numpy.memmap is taken: the others have a shape or a mask of their own.

        Raises
        ------
        PezoError
            For a tensor of another type or byte order, an array with gaps, one that is read-only,
            or a tensor without memory or with one place for several of its numbers.
        """
        if is_torch(tensor):
            return cls._of_torch(tensor)
        array = tensor
        if not is_plain(array):
            raise _refusal(f"of {type(array).__name__}", _ALLOWED)
        if array.dtype.kind == "V" and array.dtype.name == "bfloat16":  # of the package ml_dtypes
            array = array.view(np.uint16)
        if array.dtype not in TYPES:
            raise _refusal(f"of {array.dtype}", _ALLOWED)
        if not (array.flags.c_contiguous and array.flags.behaved):
            raise _refusal("with gaps or read-only", "contiguous and writable ones")
        span = ("cpu", array.ctypes.data, array.nbytes)
        return cls(array=array, type=TYPES[array.dtype], span=span)

    @classmethod
    def _of_torch(cls, tensor: Any) -> Weights:
        flaw = flaw_of_tensor(tensor)
        if flaw is not None:
            raise _refusal(*flaw)
        span = span_of_tensor(tensor)
        if is_host(tensor):
            array = _shared(tensor)
            return cls(array=array, type=TYPES[array.dtype], span=span)
        from .device import DeviceArithmetic

        arithmetic = DeviceArithmetic(
            dtype=tensor.dtype, device=tensor.device, inference=tensor.is_inference()
        )
        return cls(array=tensor.detach(), type=arithmetic, span=span)

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.array.shape)

    def parts(self, numbers: Numbers) -> Iterator[tuple[Any, int]]:
        """Views of it one after another in logical order, and how many numbers each needs.

        A view that needs fewer than it has repeats them by rows.

        Parameters
        ----------
        numbers : Numbers
            Where they will be read from, ``run`` at once.
        """
        cycle, rest = numbers.cycle, self.array
        if cycle is not None and is_contiguous(rest) and self.size >= 2 * cycle:
            flat, whole = rest.reshape(-1), self.size // cycle * cycle
            for done in range(0, whole, numbers.block):
                part = flat[done : min(done + numbers.block, whole)]
                yield part.reshape(-1, cycle), cycle
            rest = flat[whole:]
        for part in _runs(rest, numbers.run):
            yield part, math.prod(part.shape)


def _runs(array: Any, most: int) -> Iterator[Any]:
    """Views of at most so many numbers, in logical order."""
    size = math.prod(array.shape)
    if is_contiguous(array):
        flat = array.reshape(-1)
        for done in range(0, size, most):
            yield flat[done : done + most]
    elif size <= most:
        yield from [array] if size else []
    elif size // len(array) >= most:
        for row in array:
            yield from _runs(row, most)
    else:
        step = most * len(array) // size
        for done in range(0, len(array), step):
            yield array[done : done + step]


def is_contiguous(array: Any) -> bool:
    """Whether its memory is its numbers in order."""
    return bool(array.is_contiguous() if is_torch(array) else array.flags.c_contiguous)


def is_host(tensor: Any) -> bool:
    """Whether a tensor of PyTorch is in NumPy's reach."""
    return bool(tensor.device.type == "cpu")


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


def flaw_of_tensor(tensor: Any) -> tuple[str, str] | None:
    """What is wrong with a tensor of PyTorch, and what is allowed; or None."""
    import torch

    if torch.nn.parameter.is_lazy(tensor):
        return "that is not initialised", "initialised ones"
    if tensor.layout != torch.strided:
        return f"of {tensor.layout} on {tensor.device}", "strided ones"
    if tensor.device.type == "meta":
        return "on meta", "tensors on the CPU or a device with memory"
    if str(tensor.dtype).removeprefix("torch.") not in _IN_TORCH:
        return f"of {str(tensor.dtype).removeprefix('torch.')}", _ALLOWED
    if tensor.is_neg() or tensor.is_conj() or _overlaps_itself(tensor):
        return "with one place for several numbers", "a place for each number"
    return None


def span_of_tensor(tensor: Any) -> tuple[str, int, int]:
    """Device, address and bytes from the first to the last number of a tensor of PyTorch."""
    reach = sum((n - 1) * step for n, step in zip(tensor.shape, tensor.stride(), strict=True))
    length = (reach + 1) * tensor.dtype.itemsize if tensor.numel() else 0
    return str(tensor.device), tensor.data_ptr(), length


def _overlaps_itself(tensor: Any) -> bool:
    """Whether two of its numbers may share a place: no step passes all that is within it."""
    if not tensor.numel():
        return False
    pairs = zip(tensor.stride(), tensor.shape, strict=True)
    reach = 0
    for step, size in sorted((step, size) for step, size in pairs if size > 1):
        if step <= reach:
            return True
        reach += step * (size - 1)
    return False


def _shared(tensor: Any) -> Array:
    """The memory of a tensor on the CPU; NumPy has no bfloat16, so that comes as uint16."""
    import torch

    shared = tensor.detach()
    array: Array = (shared.view(torch.uint16) if shared.dtype == torch.bfloat16 else shared).numpy()
    return array


def _refusal(found: str, allowed: str) -> PezoError:
    return PezoError(f"a tensor {found} is not allowed; allowed: {allowed}")


def _refusal_of_list(found: object) -> PezoError:
    name = type(found).__name__
    return PezoError(f"tensors = {name} is not allowed; allowed: a list of arrays or tensors")
