"""Perturbations as flat tensors on a device, one call each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ...numbers.number_format import FLOAT32
from ..source import PerturbationSource
from ..sources import RandomSource
from ..stream_source import StreamSource
from . import philox


class Perturbations(ABC):
    """The perturbations of a source for one model: numbers that `PerturbationSource.add_` adds.

    Parameters
    ----------
    source : PerturbationSource
        Whose.
    sizes : sequence of int
        Numbers of each tensor of the model, in order.
    device : torch.device
        Where they are wanted.
    """

    def __init__(self, source: PerturbationSource, sizes: Sequence[int], device: Any) -> None:
        self.source, self.sizes, self.device = source, list(sizes), device
        ends = list(accumulate(self.sizes, initial=0))
        self._spans = list(pairwise(ends))

    @abstractmethod
    def draw(self, positions: Sequence[int], out: torch.Tensor) -> list[int]:
        """Write the perturbations at G positions, shape (G, P); where the next ones start."""


class GatheredPerturbations(Perturbations):
    """Of a stream that a table holds: number i is the table's at ``base + places[i]``.

    Only the base depends on the position. The table is its own continuation, so that no place has
    to be taken modulo anything.
    """

    def __init__(self, source: StreamSource, sizes: Sequence[int], device: Any) -> None:
        super().__init__(source, sizes, device)
        self._stream = source.stream
        self._starts = self._following(0)[0]
        firsts = [self._stream.first_number(start) for start in self._starts]
        numbers = np.concatenate(
            [first + np.arange(size) for first, size in zip(firsts, self.sizes, strict=True)]
        )
        table, places = self._lay_out(source, numbers)
        self._table = torch.from_numpy(np.ascontiguousarray(table).reshape(-1)).to(device)
        self._places = torch.from_numpy(places.astype(np.int32)).to(device)

    def _lay_out(
        self, source: StreamSource, numbers: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """The table and the places in it of stream numbers, for base 0."""
        generator = source.config.generator
        grid = generator.number_grid(FLOAT32)
        if grid is None:
            period: Any = generator.number_table(FLOAT32).period()
            self._periods, self._width = (len(period), 1), 1
            return np.tile(period, 2), numbers % len(period)
        rows, columns = grid.values.shape
        self._periods, self._width = (rows, grid.turn), 2 * columns
        cycles, lanes = np.divmod(numbers, self._stream.lanes)
        places = cycles % rows * self._width + (cycles % grid.turn + lanes) % columns
        return np.tile(grid.values, (2, 2)), places

    def draw(self, positions: Sequence[int], out: torch.Tensor) -> list[int]:
        for position, row in zip(positions, out, strict=True):
            table = self._table[self._base(position) :]
            torch.index_select(table, 0, self._places, out=row)
        return [self._following(position)[1] for position in positions]

    def _base(self, position: int) -> int:
        first = self._stream.first_number(position)
        rows, turn = self._periods
        if self._width > 1:
            first //= self._stream.lanes
        return first % rows * self._width + first % turn

    def _following(self, position: int) -> tuple[list[int], int]:
        starts, start = [], position
        for size in self.sizes:
            starts.append(start)
            start = self._stream.following(start, size)
        return starts, self._stream.next_start(position, start)


class DrawnPerturbations(Perturbations):
    """Of independent numbers, computed on the device by blocks."""

    source: RandomSource

    def draw(self, positions: Sequence[int], out: torch.Tensor) -> list[int]:
        philox.fill(self.source, positions, out)
        return [position + 1 for position in positions]


class HostPerturbations(Perturbations):
    """Of any source: what it adds to zeros, sent to the device."""

    def draw(self, positions: Sequence[int], out: torch.Tensor) -> list[int]:
        return [self._draw(position, row) for position, row in zip(positions, out, strict=True)]

    def _draw(self, position: int, row: torch.Tensor) -> int:
        here = torch.zeros(row.shape, dtype=torch.float32)
        tensors = [here[first:last] for first, last in self._spans]
        following = self.source.add_(tensors, 1.0, position)
        row.copy_(here)
        return following


def perturbations_of(
    source: PerturbationSource, sizes: Sequence[int], device: torch.device
) -> Perturbations:
    """The fastest of these that knows the source."""
    if isinstance(source, StreamSource) and _is_in_a_table(source):
        return GatheredPerturbations(source, sizes, device)
    if isinstance(source, RandomSource) and device.type != "cpu":
        return DrawnPerturbations(source, sizes, device)
    return HostPerturbations(source, sizes, device)


def _is_in_a_table(source: StreamSource) -> bool:
    generator = source.config.generator
    return (
        generator.number_grid(FLOAT32) is not None
        or generator.number_table(FLOAT32).period() is not None
    )
