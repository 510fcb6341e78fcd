"""Tensors of PyTorch that are not in NumPy's reach: on a GPU, or on whatever else there is."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import torch

from ..numbers.number_tables import Numbers
from .arithmetic import Arithmetic

# Few enough for temporary arrays not to count, many enough for a device to be busy.
RUN = 1 << 24
# Rows of a period need no table behind it: so many at once that the device waits for no call.
_BLOCK = 1 << 26
try:
    from . import fused
except ImportError:  # no Triton here: PyTorch's own operations do
    fused = None  # type: ignore[assignment]

_BITS = {2: torch.int16, 4: torch.int32, 8: torch.int64}
_WIDE = {torch.float64: np.dtype(np.float64)}
_TABLES: WeakKeyDictionary[Numbers, dict[Any, DeviceNumbers]] = WeakKeyDictionary()


class DeviceNumbers(Numbers):
    """Numbers as tensors on a device: their period is taken there once, if a table holds it.

    Else they are computed here and sent, a run at a time.

    Parameters
    ----------
    host : Numbers
        Where they come from.
    device : torch.device
        Where they are wanted.

    """

    def __init__(self, host: Numbers, device: Any) -> None:
        super().__init__(host.dtype)
        self._device = device
        self._host = host
        period = host.period()
        self.run = host.run if period is None else RUN
        if period is not None and 2 * len(period) <= RUN:
            self.cycle, self.run = len(period), len(period)
            self.block = _BLOCK // len(period) * len(period)
        self._length = 0 if period is None else len(period)
        self._table = None if period is None else self._sent(period)

    def read(self, first: int, count: int) -> Any:
        if self._table is None:
            return torch.from_numpy(self._host.read(first, count).copy()).to(self._device)
        start = first % self._length
        return self._table[start : start + count]

    def _sent(self, period: Any) -> Any:
        """The period, with so much of the next that every run lies in one piece."""
        length = len(period) + self.run - 1
        table = torch.from_numpy(period.copy()).to(self._device)
        return table.repeat(-(-length // len(period)))[:length].clone()


@dataclass(frozen=True, kw_only=True)
class DeviceArithmetic(Arithmetic):
    """With PyTorch's own operations, each of them rounded by itself, or with the same in one pass.

    PyTorch's sum with a product in it would be one rounding to a GPU; so the product comes first.
    NaN keep no payload; all else is bit for bit what the CPU computes.

    Parameters
    ----------
    dtype : torch.dtype
        Of the weights.
    device : torch.device
        Where they lie.
    inference : bool
        Whether they were made in inference mode, and can be written to nowhere else.
    """

    dtype: Any
    device: Any
    inference: bool

    @property
    def wide(self) -> np.dtype[Any]:  # type: ignore[override]
        return _WIDE.get(self.dtype, np.dtype(np.float32))

    def local(self, numbers: Numbers) -> DeviceNumbers:
        tables = _TABLES.setdefault(numbers, {})
        if self.device not in tables:
            tables[self.device] = DeviceNumbers(numbers, self.device)
        return tables[self.device]

    def add(self, weights: Any, z: Any, scale: float, out: Any) -> None:
        with self._writing():
            if fused is not None and fused.can_add(weights, out):
                fused.add(weights, z, scale, out)
            else:
                torch.add(weights, z.to(self._wide) * scale, out=out)

    def scale(self, weights: Any, factor: float, out: Any) -> None:
        with self._writing():
            out.copy_(weights.to(self._wide) * factor)

    def copy(self, array: Any) -> Any:
        return array.clone(memory_format=torch.contiguous_format)

    def empty(self, array: Any) -> Any:
        return torch.empty_like(array, memory_format=torch.contiguous_format)

    def put(self, array: Any, values: Any) -> None:
        with self._writing():
            array.copy_(values)

    def places(self, one: Any, other: Any) -> Any:
        return self._differing(one, other).reshape(-1).nonzero().reshape(-1).to(torch.int32)

    def count_differing(self, one: Any, other: Any) -> int:
        return int(torch.count_nonzero(self._differing(one, other)))

    @property
    def _wide(self) -> Any:
        return torch.promote_types(self.dtype, torch.float32)

    def _differing(self, one: Any, other: Any) -> Any:
        bits = _BITS[self.dtype.itemsize]
        return one.view(bits) != other.view(bits)

    def _writing(self) -> Any:
        """Nothing is recorded where all is detached: no mode has to be put back."""
        return torch.inference_mode() if self.inference else nullcontext()
