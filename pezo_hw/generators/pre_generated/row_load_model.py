"""Loads of a pre-generated pool: addresses, rows, and a row that is written in part."""

from __future__ import annotations

from ..replay.load_model import Jump, LoadModel
from .model import PreGeneratedStream
from .parameters import PreGeneratedParameters


class RowLoads(LoadModel):
    """An address is accepted where a row lies there; of an incomplete row's contents, only those.

    Parameters
    ----------
    generator : PreGeneratedParameters
        The pool.
    has_contents : bool
        Whether rows can be loaded, or only where to start.

    Attributes
    ----------
    incomplete : int or None
        The address of the row that is written in part, if there is one.
    """

    def __init__(self, generator: PreGeneratedParameters, *, has_contents: bool) -> None:
        super().__init__(
            PreGeneratedStream(generator),
            has_contents=has_contents,
            staged_words=1,
            stored_words=generator.lanes,
            word_bits=generator.load_word_bits,
            check_cycles=0,
        )
        self._generator = generator
        sequence = generator.address_sequence
        self._rows = {sequence.address_of(row): row for row in range(generator.rows)}
        self._numbers: list[int] = []
        self._pool = generator.quantised.mantissas
        self.incomplete: int | None = None

    @property
    def needed(self) -> bool:
        return self.incomplete is not None

    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        (address,) = words
        return address in self._rows and not (contents and self.incomplete not in (None, address))

    def _store(self, index: int, word: int) -> None:
        width = self._generator.width
        number = word & ((1 << width) - 1)
        signed = number - (number >> (width - 1) << width)
        self._numbers = [*self._numbers[:index], signed]
        (self.incomplete,) = self._staged

    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        return Jump(position=None if contents else self._rows[words[0]])

    def _finish(self, *, contents: bool) -> None:
        if not contents:
            return
        (address,), lanes = self._staged, self._generator.lanes
        first = self._rows[address] * lanes
        self._pool = self._pool.copy()
        self._pool[first : first + lanes] = self._numbers
        self._add(PreGeneratedStream(self._generator, pool=self._pool))
        self.incomplete = None

    def _reset(self) -> None:
        """The pool, and what of it is incomplete, stays as it is."""
