"""Arrays that are changed in place and come back as the same bits, whenever that is cut short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .arithmetic import Arithmetic

# ``move(source, out)`` writes to out what the source becomes; out is never the source.
Move = Callable[[Any, Any], None]
_silently = np.errstate(all="ignore")


@dataclass(frozen=True, kw_only=True)
class _Correction:
    """Where the way back from a changed array goes wrong, and what belongs there.

    Attributes
    ----------
    where : array of integers or slice
        Places in the array, in logical order; all of it where that takes less memory.
    weights : ndarray or torch.Tensor
        The original weights there.
    """

    where: Any
    weights: Any

    @classmethod
    def of(cls, original: Any, back: Any, type_: Arithmetic) -> _Correction:
        """What it takes to make ``original`` of ``back``, bit for bit, both contiguous."""
        where, flat = type_.places(original, back), original.reshape(-1)
        part = cls(where=where, weights=flat[where])
        all_of_it = cls(where=slice(None), weights=flat)
        return min(part, all_of_it, key=lambda candidate: candidate.nbytes)

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        places = 0 if isinstance(self.where, slice) else self.where.nbytes
        return int(places + self.weights.nbytes)


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What an array has gone through: the way back, and what that would miss."""

    back: Move
    correction: _Correction


class UndoLog:
    """Changes arrays one at a time and brings them back.

    What it takes to bring an array back is written down *before* the array is touched: a copy of
    it is open while it changes, and is let go only once the way back from the finished change has
    been recorded. So the log is right at every instruction: whatever is raised wherever, signals
    and tracing hooks included, `restore` leads to the original bits, and where `restore` itself is
    cut short, the next one does.

    Parameters
    ----------
    arrays : sequence of ndarray or torch.Tensor
        In NumPy of at most 65,536 numbers. They must not overlap, and nobody else may change them
        in between.
    types : sequence of Arithmetic
        How to compute with each.
    """

    def __init__(self, arrays: Sequence[Any], types: Sequence[Arithmetic]) -> None:
        self._arrays = arrays
        self._types = types
        self._changes: list[_Change | None] = [None] * len(arrays)
        self._open: tuple[int, Any] | None = None

    @property
    def log_bytes(self) -> int:
        """Memory that the way back takes now; never more than a copy of all arrays."""
        return sum(change.correction.nbytes for change in self._changes if change is not None)

    def change(self, index: int, forth: Move, back: Move) -> None:
        """Make an array ``forth`` of its original, whatever it is now.

        Parameters
        ----------
        index : int
            Which array.
        forth, back : callable
            A move, and one that leads back as nearly as it can.
        """
        self._close()
        self._record(index, forth, back)
        self._open = None

    def restore(self) -> None:
        """Bring every array back to its original; may be called again at any time."""
        self._close()
        for index, change in enumerate(self._changes):
            if change is not None:
                self._open_again(index)
                self._close()

    # A decorator, which no exception leaves without an end: between the body of a `with` and its
    # end there is an instruction where one may come, and NumPy would stay silent from then on.
    @_silently
    def _record(self, index: int, forth: Move, back: Move) -> None:
        original = self._original(index)
        self._open = (index, original)
        forth(original, self._arrays[index])
        way_back = self._types[index].empty(original)
        back(self._arrays[index], way_back)
        correction = _Correction.of(original, way_back, self._types[index])
        self._changes[index] = _Change(back=back, correction=correction)

    @_silently
    def _open_again(self, index: int) -> None:
        self._open = (index, self._original(index))

    def _close(self) -> None:
        """Put the array that is open back; what its change has recorded no longer holds."""
        if self._open is not None:
            index, original = self._open
            self._types[index].put(self._arrays[index], original)
            self._changes[index] = None
            self._open = None

    def _original(self, index: int) -> Any:
        """What an array that is not open was, as a new array."""
        change = self._changes[index]
        if change is None:
            return self._types[index].copy(self._arrays[index])
        original = self._types[index].empty(self._arrays[index])
        change.back(self._arrays[index], original)
        original.reshape(-1)[change.correction.where] = change.correction.weights
        return original
