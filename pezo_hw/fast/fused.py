"""A perturbation as one pass over a GPU's memory, where Triton is there.

PyTorch for CUDA brings Triton along. Without it the sum takes two operations of PyTorch's, with the
same bits: here, too, the product is rounded before the sum (no fused multiply-add).
"""

from __future__ import annotations

from typing import Any

import torch
import triton
import triton.language as tl

_BLOCK = 1024


def can_add(weights: Any, out: Any) -> bool:
    """Whether `add` takes these tensors: contiguous, on a GPU, and not of float64."""
    on_gpu = weights.device.type in ("cuda", "xpu") and weights.dtype != torch.float64
    return bool(on_gpu and weights.is_contiguous() and out.is_contiguous())


def add(weights: Any, z: Any, scale: float, out: Any) -> None:
    """Out = weights + scale * z; where z is shorter than the weights it begins again."""
    count = weights.numel()
    if count == 0:
        return
    length = z.numel()
    grid = (triton.cdiv(count, _BLOCK),)
    is_long = length >= _BLOCK
    with getattr(torch, weights.device.type).device_of(weights):
        _add[grid](weights, z, out, scale, count, length, is_long, _BLOCK, enable_fp_fusion=False)


# Triton reads an annotation of its own in every parameter, and knows none but these.
@triton.jit  # type: ignore[untyped-decorator]
def _add(  # type: ignore[no-untyped-def]  # noqa: ANN202
    weights,  # noqa: ANN001
    z,  # noqa: ANN001
    out,  # noqa: ANN001
    scale,  # noqa: ANN001
    count,  # noqa: ANN001
    length,  # noqa: ANN001
    is_long: tl.constexpr,
    block: tl.constexpr,
):
    base = tl.program_id(0).to(tl.int64) * block
    place = base + tl.arange(0, block)
    inside = place < count
    which = (base % length).to(tl.int32) + tl.arange(0, block)
    # At most one wrap: a comparison is cheaper than a division.
    if is_long:  # noqa: SIM108
        which = tl.where(which >= length, which - length, which)
    else:
        which = which % length
    step = tl.load(z + which, mask=inside).to(tl.float32) * scale
    total = tl.load(weights + place, mask=inside).to(tl.float32) + step
    tl.store(out + place, total.to(out.dtype.element_ty), mask=inside)
