"""An update of the weights that can be taken back until it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..checks import real
from ..numbers.fast_stream import FastStream
from .exact import undo_log
from .perturb import take_apart
from .scale import Scale


class ExactUpdate:
    """Makes weights w keep * w + the sum of scale_i * z_i, or leaves them as the bits of w.

    Products and sums are rounded one after another, in the order of the terms, each as `perturb_`
    rounds. All of it is done to one piece after the other, so that each is in the cache for every
    term. Whatever cuts `apply` short, at any instruction, `restore` leads back to w; once the
    object is let go, the update stays.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        As for `perturb_`; none may share memory with another.
    terms : sequence of (scale, position)
        The z_i start at these positions; at least one. A scale is as for `perturb_`.
    stream : FastStream
        Where they come from.
    keeps : sequence of float
        ``keep`` of every tensor, finite.

    Raises
    ------
    PezoError
        As `perturb_`, and for tensors that share memory.
    """

    def __init__(
        self,
        tensors: Sequence[Any],
        terms: Sequence[tuple[Scale, int]],
        stream: FastStream,
        keeps: Sequence[float],
    ) -> None:
        parts = [take_apart(tensors, scale, stream, position) for scale, position in terms]
        self._pieces = list(zip(*(pieces for pieces, _ in parts), strict=True))
        # A piece of the weights with its numbers in each term: the weights are those of the first.
        firsts = [group[0] for group in self._pieces]
        self._keeps = [real("keep", keeps[piece.tensor]) for piece in firsts]
        self._changed_counts = [0] * len(firsts)
        self._log = undo_log(firsts)

    @property
    def changed_count(self) -> int:
        """How many weights `apply` gave other bits."""
        return sum(self._changed_counts)

    def apply(self) -> None:
        """Update the weights."""
        for index in range(len(self._pieces)):
            self._log.change(index, partial(self._forth, index), partial(self._back, index))

    def restore(self) -> None:
        """Bring the weights back to w."""
        self._log.restore()

    def _forth(self, index: int, weights: Any, out: Any) -> None:
        pieces, keep = self._pieces[index], self._keeps[index]
        source = weights
        if keep != 1.0:
            pieces[0].type.scale(weights, keep, out)
            source = out
        for piece in pieces:
            piece.add(source, out)
            source = out
        self._changed_counts[index] = pieces[0].type.count_differing(weights, out)

    def _back(self, index: int, weights: Any, out: Any) -> None:
        """Nearly the way back: rounding is not undone."""
        pieces, keep = self._pieces[index], self._keeps[index]
        source = weights
        for piece in reversed(pieces):
            piece.subtract(source, out)
            source = out
        if keep not in (0.0, 1.0):  # nothing leads back from 0: the log then keeps all of it
            pieces[0].type.scale(out, 1.0 / keep, out)
