"""The few things done to weights in place, alike for NumPy arrays and PyTorch tensors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def add_scaled_(tensor: Any, numbers: NDArray[np.float32], scale: float) -> None:
    """Does tensor += scale * numbers, computed in float32 (float64 for float64), rounded once more.

    Parameters
    ----------
    tensor : numpy.ndarray or torch.Tensor
        Floating-point, any shape; changed in place.
    numbers : ndarray of float32
        As many as the tensor has elements, in its order.
    scale : float
        A run that diverges overflows to infinity here, without a warning: its loss tells.
    """
    numbers = numbers.reshape(tuple(tensor.shape))
    if isinstance(tensor, np.ndarray):
        wide = np.result_type(tensor.dtype, np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            np.add(tensor, numbers.astype(wide) * wide.type(scale), out=tensor, casting="same_kind")
        return
    import torch

    wide = torch.promote_types(tensor.dtype, torch.float32)
    tensor.add_(torch.from_numpy(numbers).to(tensor.device, wide).mul(scale))


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
    tensor.copy_(taken.view(torch.bfloat16) if tensor.dtype == torch.bfloat16 else taken)
