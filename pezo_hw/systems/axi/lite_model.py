"""AXI4-Lite at a subordinate's pins, clock cycle by clock cycle."""

from __future__ import annotations

from dataclasses import dataclass

OKAY, SLVERR = 0, 2
_ALL_STROBES = 0b1111


@dataclass(frozen=True, kw_only=True)
class LiteInputs:
    """What a manager drives in a cycle: an address, or a word with strobes, or nothing (None)."""

    write_address: int | None = None
    write_data: tuple[int, int] | None = None
    response_ready: bool = False
    read_address: int | None = None
    data_ready: bool = False


@dataclass(frozen=True, kw_only=True)
class LitePins:
    """What a subordinate shows; a response or a word with a response where one is offered."""

    write_address_ready: bool
    write_data_ready: bool
    response: int | None
    read_address_ready: bool
    data: tuple[int, int] | None


class LiteModel:
    """One write and one read at a time, each with its own idle, asked and answered cycles.

    What an access does is the caller's: `asked_to_write` and `asked_to_read` say before a clock
    edge what is to be done at it, and `edge` takes the outcome.

    Parameters
    ----------
    errors : bool
        Whether SLVERR answers what is not legal or not possible; if not, OKAY does.
    """

    def __init__(self, *, errors: bool) -> None:
        self._error = SLVERR if errors else OKAY
        self._write_ready = [False, False]
        self._address: int | None = None
        self._data: tuple[int, int] | None = None
        self._response: int | None = None
        self._read_ready = False
        self._asked: int | None = None
        self._answer: tuple[int, int] | None = None

    def pins(self) -> LitePins:
        """The outputs before the next edge; no input has a say in them."""
        return LitePins(
            write_address_ready=self._write_ready[0],
            write_data_ready=self._write_ready[1],
            response=self._response,
            read_address_ready=self._read_ready,
            data=self._answer,
        )

    @property
    def is_idle(self) -> bool:
        """Whether no write is under way."""
        return self._address is None and self._data is None and self._response is None

    @property
    def asked_to_write(self) -> tuple[int, int] | None:
        """The address and the word of a legal write that is complete; None otherwise."""
        if self._address is None or self._data is None:
            return None
        word, strobes = self._data
        return None if self._address % 4 or strobes != _ALL_STROBES else (self._address, word)

    @property
    def asked_to_read(self) -> int | None:
        """The address of a legal read; None otherwise."""
        return None if self._asked is None or self._asked % 4 else self._asked

    def edge(self, inputs: LiteInputs, *, written: bool, read: int | None) -> None:
        """A clock edge, at which a write was possible and a read gave a word (or None)."""
        self._edge_of_writes(inputs, written)
        self._edge_of_reads(inputs, read)

    def _edge_of_writes(self, inputs: LiteInputs, written: bool) -> None:
        idle = self.is_idle
        address_taken = self._write_ready[0] and inputs.write_address is not None
        data_taken = self._write_ready[1] and inputs.write_data is not None
        if self._response is not None and inputs.response_ready:
            self._response = None
        if self._address is not None and self._data is not None:
            self._response = OKAY if written else self._error
            self._address = self._data = None
        if idle:
            self._write_ready = [True, True]
        if address_taken:
            self._address, self._write_ready[0] = inputs.write_address, False
        if data_taken:
            self._data, self._write_ready[1] = inputs.write_data, False

    def _edge_of_reads(self, inputs: LiteInputs, read: int | None) -> None:
        idle = self._asked is None and self._answer is None
        taken = self._read_ready and inputs.read_address is not None
        if self._answer is not None and inputs.data_ready:
            self._answer = None
        if self._asked is not None:
            self._answer = (0, self._error) if read is None else (read, OKAY)
            self._asked = None
        if idle:
            self._read_ready = True
        if taken:
            self._asked, self._read_ready = inputs.read_address, False
