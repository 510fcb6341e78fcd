"""A run as positions and projected gradients: all that it takes to train the same weights again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..errors import PezoError
from .pace import Pace
from .run import Queries
from .source import PerturbationSource, fingerprint_of
from .tensors import raw_bits
from .weight import Weight

# How many weights go at a pace, one after another.
Groups = tuple[tuple[int, Pace], ...]


@dataclass(frozen=True, kw_only=True)
class LoggedStep:
    """What one step did.

    Attributes
    ----------
    queries : Queries
        Where its perturbations start, and the projected gradients along them.
    groups : Groups
        The paces of all weights in order.
    direction : int
        As of `StepReport`.
    """

    queries: Queries
    groups: Groups
    direction: int

    @classmethod
    def of(cls, queries: Queries, paces: Sequence[Pace], direction: int) -> LoggedStep:
        """Out of the pace of every weight."""
        groups = tuple((len([*same]), pace) for pace, same in groupby(paces))
        return cls(queries=queries, groups=groups, direction=direction)

    def paces(self, count: int) -> list[Pace]:
        """The pace of each of ``count`` weights; raises PezoError where there are others."""
        if sum(number for number, _ in self.groups) != count:
            raise PezoError(f"rates of other weights than {count} are not allowed; allowed: of all")
        return [pace for number, pace in self.groups for _ in range(number)]


@dataclass(frozen=True, kw_only=True)
class LogHead:
    """What a log is about: replayed from elsewhere, or with other numbers, it leads nowhere.

    Attributes
    ----------
    source, fingerprint : str
        What the source is called, and what it is known by.
    layout, begin : str
        Digests of the weights' types and sizes, and of their bits before the first step.
    first_step : int
        Steps done before it.
    momentum : float
    memory : int
        As of `ZOSGDParameters`.
    history : tuple of Queries
        What momentum remembers from before the first step.
    """

    source: str
    fingerprint: str
    layout: str
    begin: str
    first_step: int
    momentum: float
    memory: int
    history: tuple[Queries, ...]


class ReplayLog:
    """The steps of a run, which an optimiser appends to.

    Parameters
    ----------
    head : LogHead
        What it is about.
    steps : sequence of LoggedStep
        What there is already.
    end : str or None
        The digest of the weights' bits after these steps, where it is known.
    """

    def __init__(
        self, head: LogHead, steps: Sequence[LoggedStep] = (), *, end: str | None = None
    ) -> None:
        self.head = head
        self.end = end
        self._steps = list(steps)

    def steps_until(self, steps_done: int) -> list[LoggedStep]:
        """The steps up to one; a step that was taken back may stand behind it."""
        return self._steps[: self._index(steps_done)]

    @property
    def steps(self) -> list[LoggedStep]:
        """All that have been recorded."""
        return list(self._steps)

    def require_source(self, source: PerturbationSource) -> None:
        """Raises PezoError for a source of other numbers than the log's."""
        found = fingerprint_of(source)
        if found != self.head.fingerprint:
            allowed = f"{self.head.fingerprint} ({self.head.source}), as in the log"
            raise PezoError(f"source = {found} ({source.name}) is not allowed; allowed: {allowed}")

    def record(self, step: int, weights: Sequence[Weight], logged: LoggedStep) -> None:
        """Appends a step, or puts it in the place of what was taken back.

        Raises
        ------
        PezoError
            For a step that does not follow, or where the weights are no longer those of the log.
        """
        index = self._index(step)
        if layout_of(weights) != self.head.layout:
            raise PezoError("the log is of other weights; allowed: the same types and sizes")
        self.end = None
        self._steps[index:] = [logged]

    def _index(self, steps_done: int) -> int:
        index = steps_done - self.head.first_step
        if not 0 <= index <= len(self._steps):
            first, last = self.head.first_step, self.head.first_step + len(self._steps)
            found = f"the log goes from step {first} to {last}, and the run stands at {steps_done}"
            raise PezoError(f"{found}; allowed: a step in between")
        return index


def layout_of(weights: Sequence[Weight]) -> str:
    """A digest of the weights' types and sizes in order, the same in NumPy and PyTorch."""
    types = (str(weight.tensor.dtype).removeprefix("torch.") for weight in weights)
    sizes = (weight.size for weight in weights)
    return _digest(*(f"{name} {size}\n".encode() for name, size in zip(types, sizes, strict=True)))


def bits_of(weights: Sequence[Weight]) -> str:
    """A digest of the weights' bits in order."""
    return _digest(*(memoryview(_flat(weight.tensor)).cast("B") for weight in weights))


def _flat(tensor: Any) -> Any:
    return raw_bits(tensor).reshape(-1)


def _digest(*parts: bytes | memoryview) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:32]
