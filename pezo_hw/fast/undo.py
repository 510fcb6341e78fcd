"""Arrays that are changed in place and come back as the same bits, whenever that is cut short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_BITS = {size: np.dtype(f"u{size}") for size in (2, 4, 8)}
# ``move(source, out)`` writes to out what the source becomes; out is never the source.
Move = Callable[[Array, Array], None]


@dataclass(frozen=True, kw_only=True)
class _Correction:
    """Where the way back from a changed array goes wrong, and what belongs there.

    Attributes
    ----------
    where : ndarray of uint16 or slice
        Places in the array; all of it where that takes less memory.
    weights : ndarray
        The original weights there.
    """

    where: NDArray[np.uint16] | slice
    weights: Array

    @classmethod
    def of(cls, original: Array, back: Array) -> _Correction:
        """What it takes to make ``original`` of ``back``, bit for bit, both of shape (N,)."""
        where = differing(original, back).nonzero()[0].astype(np.uint16)
        part = cls(where=where, weights=original[where])
        all_of_it = cls(where=slice(None), weights=original)
        return min(part, all_of_it, key=lambda candidate: candidate.nbytes)

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        places = 0 if isinstance(self.where, slice) else self.where.nbytes
        return places + self.weights.nbytes


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
    arrays : sequence of ndarray, each of shape (N,), N at most 65,536
        They must not overlap, and nobody else may change them in between.
    """

    def __init__(self, arrays: Sequence[Array]) -> None:
        self._arrays = arrays
        self._changes: list[_Change | None] = [None] * len(arrays)
        self._open: tuple[int, Array] | None = None

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
        with np.errstate(all="ignore"):
            original = self._original(index)
            self._open = (index, original)
            forth(original, self._arrays[index])
            way_back = np.empty_like(original)
            back(self._arrays[index], way_back)
            self._changes[index] = _Change(back=back, correction=_Correction.of(original, way_back))
        self._open = None

    def restore(self) -> None:
        """Bring every array back to its original; may be called again at any time."""
        self._close()
        for index, change in enumerate(self._changes):
            if change is not None:
                with np.errstate(all="ignore"):
                    self._open = (index, self._original(index))
                self._close()

    def _close(self) -> None:
        """Put the array that is open back; what its change has recorded no longer holds."""
        if self._open is not None:
            index, original = self._open
            self._arrays[index][:] = original
            self._changes[index] = None
            self._open = None

    def _original(self, index: int) -> Array:
        """What an array that is not open was, shape (N,), a new array."""
        change = self._changes[index]
        if change is None:
            return self._arrays[index].copy()
        original = np.empty_like(self._arrays[index])
        change.back(self._arrays[index], original)
        original[change.correction.where] = change.correction.weights
        return original


def differing(one: Array, other: Array) -> NDArray[np.bool_]:
    """Where two arrays of the same type have different bits."""
    bits = _BITS[one.itemsize]
    unequal: NDArray[np.bool_] = one.view(bits) != other.view(bits)
    return unequal
