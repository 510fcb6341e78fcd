"""int8 weights moved to both sides, back to the very same, and by an update."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...fast.host import INT8
from ...fast.undo import Move, UndoLog
from .blocks import LARGEST
from .draws import Draws, round_by

_RUN = 1 << 16  # the most numbers of an array that `UndoLog` changes
_FARTHEST = 2 * LARGEST  # no weight is farther from another


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of weights and where its numbers are in the stream.

    Attributes
    ----------
    weights : ndarray of int8, shape (N,)
        A view of the tensor, N at most 65,536.
    tensor, start : int
        Which tensor, and with which of its weights the run starts.
    """

    weights: NDArray[np.int8]
    tensor: int
    start: int


Amounts = Callable[[Piece], NDArray[Any]]
"""How far each weight of a piece goes: integers, the same ones whenever it is called."""


class IntegerMoves:
    """Moves int8 weights in place, with an undo log that leads back from any instruction.

    A sum beyond -127 or 127 is held there, from where adding does not lead back: what was clipped
    is kept while a weight is away, place and value, and nothing else is.

    Parameters
    ----------
    tensors : sequence of ndarray of int8
        Contiguous, no memory shared; nobody else changes them before `restore` or `forget`.
    """

    def __init__(self, tensors: Sequence[NDArray[np.int8]]) -> None:
        self._pieces = [
            Piece(weights=flat[start : start + _RUN], tensor=index, start=start)
            for index, flat in enumerate(tensor.reshape(-1) for tensor in tensors)
            for start in range(0, len(flat), _RUN)
        ]
        self.forget()

    @property
    def log_bytes(self) -> int:
        """Memory that the clipped weights take now."""
        return self._log.log_bytes

    def add(self, amounts: Amounts, sign: int) -> None:
        """Makes every weight what it was at first, and ``sign`` (1 or -1) times its amount more."""
        for index, piece in enumerate(self._pieces):
            forth, back = (_adding(piece, amounts, factor) for factor in (sign, -sign))
            self._log.change(index, forth, back)

    def restore(self) -> None:
        """Brings the weights back to where they were; may be called again at any time."""
        self._log.restore()

    def forget(self) -> None:
        """Takes the weights as they are for what they were at first."""
        arrays = [piece.weights for piece in self._pieces]
        self._log = UndoLog(arrays, [INT8] * len(arrays))


def perturbation_of(draws: Draws, firsts: Sequence[int], *, amplitude: int, mask: int) -> Amounts:
    """The amounts of a perturbation whose tensors start with the numbers ``firsts``."""

    def amounts(piece: Piece) -> NDArray[np.int16]:
        first = firsts[piece.tensor] + piece.start
        return draws.steps(first, len(piece.weights), amplitude, mask)

    return amounts


def parts_of(arrays: Sequence[NDArray[np.integer]]) -> Amounts:
    """Amounts that are at hand, an array for each tensor."""

    def amounts(piece: Piece) -> NDArray[np.integer]:
        return arrays[piece.tensor].reshape(-1)[piece.start : piece.start + len(piece.weights)]

    return amounts


def rounded(
    amounts: Amounts,
    places: Sequence[int],
    draws: Draws,
    firsts: Sequence[Sequence[int]],
) -> Amounts:
    """The amounts of each tensor / 2^places, rounded by numbers of the stream.

    Parameters
    ----------
    amounts : callable
        Any integers below 2^31 in size.
    places : sequence of int
        Of each tensor.
    draws : Draws
        Where the numbers come from.
    firsts : sequence of sequences of int
        ``draws.for_rounding`` times with which number each tensor starts.
    """

    def results(piece: Piece) -> NDArray[np.int16]:
        own = [starts[piece.tensor] + piece.start for starts in firsts]
        uniform = draws.uniform(own, len(piece.weights))
        found = round_by(amounts(piece), places[piece.tensor], uniform)
        return np.clip(found, -_FARTHEST, _FARTHEST).astype(np.int16)

    return results


def _adding(piece: Piece, amounts: Amounts, sign: int) -> Move:
    def move(source: NDArray[np.int8], out: NDArray[np.int8]) -> None:
        INT8.add(source, amounts(piece), sign, out)

    return move
