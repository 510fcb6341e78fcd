"""The hardware's own perturbations, as a source to train with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..config import Config
from ..fast.exact import ExactPerturbation
from ..fast.exact_update import ExactUpdate
from ..fast.perturb import perturb_
from ..fast.scale import Scale
from ..numbers.fast_stream import FastStream
from .source import fingerprint_of_stream


class StreamSource:
    """A `PerturbationSource` that takes its numbers off a configuration's stream.

    Positions are those of `PerturbationSequence`: cycles, of which each tensor starts on a
    fresh one, or with ``leftover = "number"`` numbers of the pool, none of which is dropped.

    Parameters
    ----------
    config : Config
        An on-the-fly or a pre-generated configuration.

    Attributes
    ----------
    name : str
        The configuration's.
    config : Config
        As given.
    stream : FastStream
        Where the numbers come from.

    Examples
    --------
    >>> import numpy as np
    >>> import pezo_hw
    >>> from pezo_hw.training.stream_source import StreamSource
    >>> source = StreamSource(pezo_hw.load("paper-roberta"))
    >>> w = np.zeros(100, np.float32)
    >>> following = source.add_([w], 1e-3, 0)
    >>> source.name, following
    ('paper-roberta', 4)
    """

    def __init__(self, config: Config) -> None:
        self.name = config.name
        self.stream: FastStream = config.fast_stream()
        self.config = config

    @cached_property
    def fingerprint(self) -> str:
        """Of the stream's numbers, whatever the configuration is called."""
        return fingerprint_of_stream(self.config)

    def add_(self, tensors: Sequence[Any], scale: Scale, position: int) -> int:
        """W += scale * z in place, as `perturb_` does it; where the next perturbation starts."""
        return perturb_(tensors, scale, self.stream, position)

    def exact(self, tensors: Sequence[Any], scale: Scale, position: int) -> ExactPerturbation:
        """The same perturbation as an object that brings the weights back bit for bit."""
        return ExactPerturbation(tensors, scale, self.stream, position)

    def exact_update(
        self, tensors: Sequence[Any], terms: Sequence[tuple[Scale, int]], keeps: Sequence[float]
    ) -> ExactUpdate:
        """Keep * w + the sum of scale * z over the terms, to be taken back until it is whole."""
        return ExactUpdate(tensors, terms, self.stream, keeps)
