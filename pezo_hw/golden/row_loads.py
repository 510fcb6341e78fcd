"""Loads of a pre-generated pool: addresses, rows, and a row that is written in part."""

from __future__ import annotations

from ..parameters import PreGeneratedParameters, ReplayParameters
from .load_model import Jump, LoadModel
from .pre_generated import PreGeneratedStream


class RowLoads(LoadModel):
    """An address is accepted where a row lies there; while a row is torn, only its own contents.

    Parameters
    ----------
    replay : ReplayParameters
        The hardware.
    generator : PreGeneratedParameters
        Its pool.

    Attributes
    ----------
    sources : list of PreGeneratedStream
        The pool as built, then as it was after every row that was loaded.
    """

    def __init__(self, replay: ReplayParameters, generator: PreGeneratedParameters) -> None:
        super().__init__(replay, check_cycles=0)
        self._generator = generator
        sequence = generator.address_sequence
        self._rows = {sequence.address_of(row): row for row in range(generator.rows)}
        self._numbers: list[int] = []
        self.sources = [PreGeneratedStream(generator)]
        self._torn: int | None = None

    @property
    def needed(self) -> bool:
        return self._torn is not None

    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        (address,) = words
        return address in self._rows and not (contents and self._torn not in (None, address))

    def _store(self, index: int, word: int) -> None:
        width, lanes = self._generator.width, self._generator.lanes
        number = word & ((1 << width) - 1)
        signed = number - (number >> (width - 1) << width)
        self._numbers = [*self._numbers[:index], signed]
        (self._torn,) = self._staged
        if index == lanes - 1:
            pool = self.sources[-1].pool.copy()
            row = self._rows[self._torn]
            pool[row * lanes : (row + 1) * lanes] = self._numbers
            self.sources.append(PreGeneratedStream(self._generator, pool=pool))
            self.source = len(self.sources) - 1
            self._torn = None

    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        return Jump(cycle=None if contents else self._rows[words[0]])

    def _finish(self, *, contents: bool) -> None:
        """Nothing more: a row is whole with its last number."""

    def _reset(self) -> None:
        """The pool, and what of it is torn, stays as it is."""
