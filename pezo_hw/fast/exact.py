"""Weights that come back from a perturbation as the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from types import TracebackType
from typing import Any

from ..errors import PezoError
from ..numbers.fast_stream import FastStream
from .perturb import Piece, take_apart
from .scale import Scale
from .undo import UndoLog


class ExactPerturbation:
    """Moves weights w to w + scale * z, to w - scale * z and back to the very bits of w.

    Adding and subtracting floating-point numbers does not lead back: the sum has lost low bits of
    w wherever it lies in a higher binade than w, or was a tie. So nothing here relies on the round
    trip. While a piece of the weights is moved, the way back is tried at once, and exactly those
    weights that it would miss are kept. Both w + scale * z and w - scale * z are computed from w
    itself, as `perturb_` would from there.

    As a context manager it restores the weights at the end, whatever happens in between. A move
    may be cut short at any instruction, `restore` included: the next `restore` leads back to w.
    Nothing else may change the weights before they are restored.

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
        self, tensors: Sequence[Any], scale: Scale, stream: FastStream, position: int = 0
    ) -> None:
        pieces, self.following = take_apart(tensors, scale, stream, position)
        self._pieces = list(pieces)
        self._log = undo_log(self._pieces)

    def plus(self) -> None:
        """Move the weights to w + scale * z."""
        for index, piece in enumerate(self._pieces):
            self._log.change(index, piece.add, piece.subtract)

    def minus(self) -> None:
        """Move the weights to w - scale * z."""
        for index, piece in enumerate(self._pieces):
            self._log.change(index, piece.subtract, piece.add)

    def restore(self) -> None:
        """Bring the weights back to w."""
        self._log.restore()

    @property
    def log_bytes(self) -> int:
        """Memory that the kept weights take now; never more than a copy of all weights."""
        return self._log.log_bytes

    def __enter__(self) -> ExactPerturbation:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.restore()
        finally:
            self.restore()


def undo_log(pieces: Sequence[Piece]) -> UndoLog:
    """A log for pieces of tensors that share no memory: each piece is put back by itself.

    Raises
    ------
    PezoError
        Where two tensors share some.
    """
    spans = sorted({piece.tensor: piece.span for piece in pieces}.values())
    for (device, start, size), (other, following, _) in pairwise(spans):
        if device == other and start + size > following:
            raise PezoError("tensors that share memory are not allowed; allowed: each tensor once")
    return UndoLog([piece.weights for piece in pieces], [piece.type for piece in pieces])
