"""Weights that come back from a perturbation as the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from ..numbers.fast_stream import FastStream
from .perturb import Piece, take_apart


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """Where the way back from a piece's perturbed weights goes wrong, and what belongs there.

    Attributes
    ----------
    where : ndarray of uint16 or slice
        Places in the piece; all of it where that takes less memory.
    weights : ndarray
        The original weights there.
    """

    where: NDArray[np.uint16] | slice
    weights: NDArray[Any]

    @classmethod
    def of(cls, original: NDArray[Any], back: NDArray[Any]) -> _Kept:
        """What it takes to make ``original`` of ``back``, bit for bit, both of shape (N,)."""
        bits = f"u{original.itemsize}"
        where = np.flatnonzero(original.view(bits) != back.view(bits)).astype(np.uint16)
        kept = cls(where=where, weights=original[where])
        whole = cls(where=slice(None), weights=original)
        return min(kept, whole, key=lambda candidate: candidate.nbytes)

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        places = 0 if isinstance(self.where, slice) else self.where.nbytes
        return places + self.weights.nbytes


class ExactPerturbation:
    """Moves weights w to w + scale * z, to w - scale * z and back to the very bits of w.

    Adding and subtracting floating-point numbers does not lead back: the sum has lost low bits of
    w wherever it lies in a higher binade than w, or was a tie. So nothing here relies on the round
    trip. While a piece of the weights is moved, the way back is tried at once, and exactly those
    weights that it would miss are kept. Both w + scale * z and w - scale * z are computed from w
    itself, as `perturb_` would from there.

    As a context manager it restores the weights at the end, whatever happens in between. Nothing
    else may change the weights before they are restored.

    Parameters
    ----------
    tensors, scale, stream, position
        As for `perturb_`.

    Attributes
    ----------
    following : int
        Where the next perturbation starts.

    Raises
    ------
    PezoError
        As `perturb_`, and for tensors that share memory.

    Examples
    --------
    >>> import numpy as np
    >>> import pezo_hw
    >>> from pezo_hw.fast.exact import ExactPerturbation
    >>> stream = pezo_hw.load("paper-roberta").fast_stream()
    >>> weights = np.linspace(-1, 1, 1000, dtype=np.float32)
    >>> before = weights.copy()
    >>> with ExactPerturbation([weights], 1e-3, stream) as exact:
    ...     exact.plus()
    ...     moved = bool((weights != before).any())
    ...     exact.minus()
    >>> moved, weights.tobytes() == before.tobytes()
    (True, True)
    """

    def __init__(
        self, tensors: Sequence[Any], scale: float, stream: FastStream, position: int = 0
    ) -> None:
        pieces, self.following = take_apart(tensors, stream, position)
        self._pieces = list(pieces)
        _require_distinct(self._pieces)
        self._kept: list[_Kept | None] = [None] * len(self._pieces)
        self._signs = [0] * len(self._pieces)
        self._scale = scale

    def plus(self) -> None:
        """Move the weights to w + scale * z."""
        self._move(+1)

    def minus(self) -> None:
        """Move the weights to w - scale * z."""
        self._move(-1)

    def restore(self) -> None:
        """Bring the weights back to w."""
        self._move(0)

    @property
    def kept_bytes(self) -> int:
        """Memory that the kept weights take now; never more than a copy of all weights."""
        return sum(kept.nbytes for kept in self._kept if kept is not None)

    def __enter__(self) -> ExactPerturbation:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.restore()

    def _move(self, sign: int) -> None:
        for index, piece in enumerate(self._pieces):
            if self._signs[index] != sign:
                steps = piece.steps(self._scale)
                original = self._original(index, piece, steps)
                self._kept[index] = _set(piece, original, sign * steps) if sign else None
                if not sign:
                    piece.weights[:] = original
                self._signs[index] = sign

    def _original(self, index: int, piece: Piece, steps: NDArray[Any]) -> NDArray[Any]:
        """The unperturbed weights of a piece, shape (N,), a new array."""
        kept = self._kept[index]
        if kept is None:
            return piece.weights.copy()
        original = np.empty_like(piece.weights)
        piece.type.add(piece.weights, -self._signs[index] * steps, original)
        original[kept.where] = kept.weights
        return original


def _set(piece: Piece, original: NDArray[Any], steps: NDArray[Any]) -> _Kept:
    """Make the piece ``original + steps``, and find what its way back would miss."""
    piece.type.add(original, steps, piece.weights)
    back = np.empty_like(original)
    piece.type.add(piece.weights, -steps, back)
    return _Kept.of(original, back)


def _require_distinct(pieces: Sequence[Piece]) -> None:
    """Each piece is put back by itself, so none may lie in another."""
    spans = sorted((piece.weights.ctypes.data, piece.weights.nbytes) for piece in pieces)
    if any(start + size > following for (start, size), (following, _) in pairwise(spans)):
        raise PezoError("tensors that share memory are not allowed; allowed: each tensor once")
