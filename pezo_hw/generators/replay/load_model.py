"""A load at run time, clock cycle by clock cycle."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from ...numbers.stream import Stream
from .load_check import CHECK_BITS, CHECK_START, check_after

_TAKES_WORDS = ("staging", "storing", "sealing")


@dataclass(frozen=True, kw_only=True)
class LoadInputs:
    """What a load is asked for in a clock cycle; ``word`` is None where there is none."""

    begin: bool = False
    contents: bool = False
    word: int | None = None


@dataclass(frozen=True, kw_only=True)
class LoadPins:
    """The outputs in a clock cycle, as `LoadSignature` has them."""

    ready: bool
    busy: bool
    done: bool
    refused: bool
    needed: bool


@dataclass(frozen=True, kw_only=True)
class Jump:
    """Where the next command begins; None where the position stays, and only waits."""

    position: int | None


class LoadModel(ABC):
    """What whoever loads is promised: which words are taken, how long it takes, what it does.

    In a load without stalls and without a command under way, with ``begin`` in cycle 0, ``done``
    comes in cycle

        staged words + check cycles + stored words + lead + 5

    and ``refused`` in cycle staged words + check cycles + 2, or of the second part in cycle staged
    words + check cycles + stored words + 3. The first part's check word comes during the check,
    which takes a cycle for it at least; the second part's, and its check, are two cycles more of
    stored words.

    Of words of 16 bits at most, the check does not look at the upper halves.

    Parameters
    ----------
    built : Stream
        The stream that is built in.
    has_contents : bool
        Whether contents can be loaded, or only a phase.
    staged_words, stored_words : int
        Words of the first part of a load, which are checked, and of the second part of contents, 0
        where these have none.
    word_bits : int
        Bits of the widest word, but for check words.
    check_cycles : int
        From the last staged word, less its check word, to the first cycle in which it is known to
        be good.
    drain_cycles : int
        From the last stored word to the last cycle in which something of it is written.

    Attributes
    ----------
    source : int
        Which stream beats are of: 0 for the one built in, then one more for every load that brings
        another.
    sources : dict of int to Stream
        Those streams.
    """

    def __init__(
        self,
        built: Stream,
        *,
        has_contents: bool,
        staged_words: int,
        stored_words: int,
        word_bits: int,
        check_cycles: int,
        drain_cycles: int = 0,
    ) -> None:
        self._word_bits = word_bits
        self._has_contents = has_contents
        self._staged_words, self._stored_words = staged_words, stored_words
        self._check_cycles, self._drain_cycles = check_cycles, drain_cycles
        self.source = self._latest = 0
        self.sources = {0: built}
        self._state = "idle"
        self._staged: list[int] = []
        self._stored = self._left = 0
        self._check = CHECK_START
        self._of_contents = self._done = self._refused = False

    @property
    @abstractmethod
    def needed(self) -> bool:
        """Whether what is stored is not whole, or not that of the stream."""

    @abstractmethod
    def _accepts(self, words: list[int], *, contents: bool) -> bool:
        """Whether a load that begins so is taken."""

    @abstractmethod
    def _store(self, index: int, word: int) -> None:
        """The second part's word of this index is written."""

    @abstractmethod
    def _take_effect(self, words: list[int], *, contents: bool) -> Jump:
        """All words have come, and no command is under way."""

    @abstractmethod
    def _finish(self, *, contents: bool) -> None:
        """The load is done."""

    @abstractmethod
    def _reset(self) -> None:
        """What a reset does beyond giving up the load under way."""

    def _add(self, stream: Stream) -> None:
        """The stream that beats are of from now on."""
        self._latest += 1
        self.source = self._latest
        self.sources[self.source] = stream

    def forget(self) -> None:
        """Drop the streams of the past."""
        self.sources = {index: self.sources[index] for index in sorted({0, self.source})}

    @property
    def holds(self) -> bool:
        """Whether commands wait."""
        return self.needed or self._state in ("waiting", "storing", "applying", "effect")

    def pins(self) -> LoadPins:
        """The outputs before the next edge; no input has a say in them."""
        return LoadPins(
            ready=self._state in _TAKES_WORDS,
            busy=self._state != "idle",
            done=self._done,
            refused=self._refused,
            needed=self.needed,
        )

    def edge(self, inputs: LoadInputs, *, rst: bool, idle: bool) -> Jump | None:
        """A clock edge; what it does to the position, where a load takes effect at it.

        Parameters
        ----------
        inputs : LoadInputs
            The pins.
        rst : bool
            The reset.
        idle : bool
            Whether a beat could be shown, and no command is under way.
        """
        self._done = self._refused = False
        effecting = self._state in ("applying", "effect")
        jump = self._advance(inputs, idle=idle)
        if rst:
            self._state, self._done, self._refused = "idle", False, False
            self._reset()
            return None
        if inputs.begin and not effecting:
            self._begin(inputs)
        return jump

    def _begin(self, inputs: LoadInputs) -> None:
        self._refused = inputs.contents and not self._has_contents
        self._state = "idle" if self._refused else "staging"
        self._of_contents = inputs.contents
        self._staged, self._stored, self._check = [], 0, CHECK_START

    def _advance(self, inputs: LoadInputs, *, idle: bool) -> Jump | None:
        """One cycle of the state that the load is in."""
        state = self._state
        if state in ("sealing", "checking"):
            self._left -= 1
        if state in _TAKES_WORDS and inputs.word is not None:
            self._take(inputs.word)
        elif state == "checking" and self._left < 0:
            self._judge()
        elif state == "waiting" and idle:
            stores = self._of_contents and self._stored_words
            self._state = "storing" if stores else "applying"
        elif state == "applying" and idle:
            self._state = "effect"
            return self._take_effect(self._staged, contents=self._of_contents)
        elif state == "effect" and idle:
            self._state, self._done = "idle", True
            self._finish(contents=self._of_contents)
        return None

    def _take(self, word: int) -> None:
        """A word of the part that is coming, or the one that ends it."""
        looked_at = word if self._word_bits > CHECK_BITS else word & CHECK_START
        self._check = check_after(self._check, looked_at)
        if self._state == "staging":
            self._staged.append(word)
            if len(self._staged) == self._staged_words:
                self._state, self._left = "sealing", self._check_cycles
        elif self._state == "storing":
            self._store(self._stored, word)
            self._stored += 1
            if self._stored == self._stored_words:
                self._state, self._left = "sealing", self._drain_cycles
        else:
            self._state = "checking"

    def _judge(self) -> None:
        """Whether every part so far has its check word, and the first one is acceptable."""
        good = self._check == CHECK_START
        good = good and self._accepts(self._staged, contents=self._of_contents)
        self._state, self._refused = ("waiting", False) if good else ("idle", True)
        if good and self._stored:
            self._state = "applying"
