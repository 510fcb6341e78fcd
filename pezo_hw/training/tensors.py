"""The few things done to weights in place, alike for NumPy arrays and PyTorch tensors."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..fast.host import differing


def multiply_(tensor: Any, factor: float) -> None:
    """Does tensor *= factor, computed in float32 (float64 for float64), rounded once more.

    A run that diverges overflows to infinity here, without a warning: its loss tells.
    """
    if isinstance(tensor, np.ndarray):
        _multiply_array(tensor, np.result_type(tensor.dtype, np.float32).type(factor))
        return
    with _writing(tensor):
        tensor.detach().mul_(factor)


@np.errstate(over="ignore", invalid="ignore")  # an exception may come between a `with` and its end
def _multiply_array(array: NDArray[Any], factor: Any) -> None:
    np.multiply(array, factor, out=array, casting="same_kind")


class Snapshot:
    """A copy of tensors' bits, to put them back.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        Contiguous.
    """

    def __init__(self, tensors: Sequence[Any]) -> None:
        self._tensors = tensors
        self._copies = [_copied(tensor) for tensor in tensors]

    def restore(self) -> None:
        """Put the bits back; may be cut short and called again at any time."""
        for tensor, copy in zip(self._tensors, self._copies, strict=True):
            _put(tensor, copy)

    def count_changed(self) -> int:
        """How many numbers have other bits now."""
        pairs = zip(self._tensors, self._copies, strict=True)
        return sum(_count_differing(tensor, copy) for tensor, copy in pairs)


def raw_bits(tensor: Any) -> NDArray[Any]:
    """The tensor's memory as a NumPy array that shares it (CPU) or copies it.

    bfloat16, which NumPy lacks, becomes int16 of the same bits.
    """
    if isinstance(tensor, np.ndarray):
        return tensor
    import torch

    on_cpu = tensor.detach().cpu()
    array: NDArray[Any] = (
        on_cpu.view(torch.int16).numpy() if tensor.dtype == torch.bfloat16 else on_cpu.numpy()
    )
    return array


def set_raw_bits(tensor: Any, bits: NDArray[Any]) -> None:
    """The inverse of `raw_bits`: the tensor takes exactly these bits, of its own shape."""
    if isinstance(tensor, np.ndarray):
        tensor[...] = bits
        return
    import torch

    taken = torch.from_numpy(bits)
    _put(tensor, taken.view(torch.bfloat16) if tensor.dtype == torch.bfloat16 else taken)


def _copied(tensor: Any) -> Any:
    return tensor.copy() if isinstance(tensor, np.ndarray) else tensor.detach().clone()


def _put(tensor: Any, copy: Any) -> None:
    if isinstance(tensor, np.ndarray):
        np.copyto(tensor, copy)
        return
    with _writing(tensor):
        tensor.detach().copy_(copy)


def _count_differing(tensor: Any, copy: Any) -> int:
    if isinstance(tensor, np.ndarray):
        return int(np.count_nonzero(differing(tensor.reshape(-1), copy.reshape(-1))))
    import torch

    bits = {2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.dtype.itemsize]
    return int(torch.count_nonzero(tensor.detach().view(bits) != copy.view(bits)).item())


def _writing(tensor: Any) -> AbstractContextManager[object]:
    """Where a tensor of PyTorch may be written to: one made in inference mode only in there."""
    import torch

    return torch.inference_mode() if tensor.is_inference() else nullcontext()
