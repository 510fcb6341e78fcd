"""What can be loaded into a device with RNGs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..configuration import Configuration
from ..errors import ArgumentError, require
from ..loader import Loader
from ..loads import Loads
from ..scaling import Scaling
from .bank import Bank
from .scale_table import scale_table
from .seeds import check_shifts, checked_seeds, phase_words

_ACCEPTED = "seeds that are not zero and not the same, in words that arrive as they are sent"


class BankLoads(Loads):
    """Another start of the seeds in use, or other seeds with their table.

    Parameters
    ----------
    loader : Loader
        Carries loads through.
    configuration : Configuration
        The device's.
    seeds : sequence of int
        The built-in ones; empty where they are not known.
    scaling : Scaling
        How the built-in table was made.
    base : int
        The exponent that code 0 of the built-in table stands for.

    Attributes
    ----------
    seeds : tuple of int
        Those in use, as far as they are known.

    Raises
    ------
    ArgumentError
        For seeds that are not of this device.
    """

    strategy = Bank.strategy

    def __init__(
        self,
        loader: Loader,
        configuration: Configuration[Bank],
        seeds: Sequence[int],
        scaling: Scaling,
        base: int,
    ) -> None:
        self._loader = loader
        self._configuration = configuration
        self._built_in = checked_seeds(configuration.shape, seeds) if seeds else ()
        # As many bits a code as the device says, if it does: with fixed-point output it does not.
        self._scaling = replace(scaling, code_bits=configuration.code_bits or scaling.code_bits)
        self.seeds, self.base = self._built_in, base

    def restart(self) -> None:
        """The built-in seeds are back; the table that has been loaded with others stays."""
        self.seeds = self._built_in

    def load_phase(self, cycle: int, timeout: float | None) -> None:
        require(self._configuration.load_phase, 'load = "phase" or "contents"')
        if not self.seeds:
            raise ArgumentError("seeds are not known; allowed: built_in=BuiltIn.from_manifest(...)")
        deadline = self._loader.deadline(timeout, self._configuration.window_words)
        words = phase_words(self._configuration, self.seeds, cycle)
        self._loader.load(False, [words], deadline, _ACCEPTED)

    def load_seeds(self, seeds: Sequence[int], cycle: int, timeout: float | None) -> None:
        configuration, bank = self._configuration, self._configuration.shape
        require(configuration.load_contents, 'load = "contents"')
        # Before anything is computed: what that takes is the call's time as well.
        deadline = self._loader.deadline(timeout, configuration.window_words + (1 << bank.width))
        seeds = checked_seeds(bank, seeds)
        codes, base = scale_table(bank, seeds, self._scaling, deadline)
        check_shifts(configuration, int(codes.max()))
        phase = phase_words(configuration, seeds, cycle)
        self._loader.load(True, [phase, codes.tolist()], deadline, _ACCEPTED)
        self.seeds, self.base = seeds, base
