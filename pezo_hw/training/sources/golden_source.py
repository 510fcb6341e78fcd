"""The hardware's perturbations, straight from the golden model."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from ...golden import Stream
from ..tensors import add_scaled_


class GoldenSource:
    """A `PerturbationSource` of a stream; each tensor starts where `PerturbationSequence` says."""

    def __init__(self, stream: Stream, name: str) -> None:
        self.stream = stream
        self.name = name

    def add_(self, tensors: Sequence[Any], scale: float, position: int) -> int:
        for tensor in tensors:
            numbers, position = self.stream.perturbation(position, prod(tensor.shape))
            add_scaled_(tensor, numbers, scale)
        return position
