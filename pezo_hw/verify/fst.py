"""Waveforms as FST, the format of GTKWave and Surfer."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import PezoError
from ..numbers.bit_rows import BitRows
from ..tools.extras import require
from .waveform import Signal

PERIOD = 10
_CYCLE_BITS = 48


def require_fst() -> None:
    """Checks that the library is installed.

    Raises
    ------
    PezoError
        Saying where it comes from.
    """
    require("--trace needs", ["pylibfst"], extra="trace")


class FSTFile:
    """A file that is being written: the clock, the number of the cycle, and the signals.

    A clock cycle takes `PERIOD` ns, its rising edge in the middle: what the signals show in front
    of the edge is what it takes. Numbers with a sign are of type integer, which the viewers show in
    decimal.

    Parameters
    ----------
    path : Path
        The file.
    top : str
        The scope of everything.
    signals : sequence of Signal
        In an order in which the signals of a scope follow one another.
    """

    def __init__(self, path: Path, top: str, signals: Sequence[Signal]) -> None:
        self._fst: Any = import_module("pylibfst")
        self._path = path
        self._signals = signals
        self._last: BitRows | None = None
        self._scenario = ""
        self._end = 0
        self._file = self._fst.lib.fstWriterCreate(str(path).encode(), 1)
        if self._file == self._fst.ffi.NULL:
            raise PezoError(f"{path}: the waveform cannot be written")
        lib = self._fst.lib
        # Far faster than the default, for files that are hardly larger.
        lib.fstWriterSetPackType(self._file, lib.FST_WR_PT_LZ4)
        lib.fstWriterSetTimescale(self._file, -9)
        self._open_scope(top)
        self._clock = self._variable("clk", 1)
        self._cycle = self._variable("cycle", _CYCLE_BITS, is_signed=True)
        self._name = self._variable("scenario", 0)
        self._handles = self._declare()
        lib.fstWriterSetUpscope(self._file)

    def write(self, first: int, scenario: str, rows: BitRows) -> None:
        """The cycles from ``first`` on, a row each; later than all so far."""
        lib, file = self._fst.lib, self._file
        rows = np.ascontiguousarray(rows)
        events = self._changes(rows)
        text = self._fst.ffi.from_buffer(rows)
        width = rows.shape[1]
        for index, changed in enumerate(events):
            lib.fstWriterEmitTimeChange(file, PERIOD * (first + index))
            lib.fstWriterEmitValueChange(file, self._clock, b"0")
            lib.fstWriterEmitValueChange(file, self._cycle, _binary(first + index))
            self._say(scenario)
            for signal in changed:
                place = text + (index * width + self._signals[signal].first)
                lib.fstWriterEmitValueChange(file, self._handles[signal], place)
            lib.fstWriterEmitTimeChange(file, PERIOD * (first + index) + PERIOD // 2)
            lib.fstWriterEmitValueChange(file, self._clock, b"1")
        self._last = rows[-1]
        self._end = PERIOD * (first + len(rows))

    def close(self) -> None:
        """Nothing comes any more.

        Raises
        ------
        PezoError
            Where the file is not whole, as on a full disk.
        """
        lib = self._fst.lib
        lib.fstWriterEmitTimeChange(self._file, self._end)
        lib.fstWriterClose(self._file)
        reader = lib.fstReaderOpen(str(self._path).encode())
        end = 0 if reader == self._fst.ffi.NULL else lib.fstReaderGetEndTime(reader)
        if reader != self._fst.ffi.NULL:
            lib.fstReaderClose(reader)
        if end != self._end:
            raise PezoError(f"{self._path}: the waveform is not whole; is the disk full?")

    def _changes(self, rows: BitRows) -> list[list[int]]:
        """The signals that change in each cycle; in the first one of all, every signal."""
        before = rows[:1] ^ 0xFF if self._last is None else self._last[None]
        differs = rows != np.concatenate([before, rows[:-1]])
        events: list[list[int]] = [[] for _ in rows]
        for number, signal in enumerate(self._signals):
            changed = differs[:, signal.first : signal.first + signal.bits].any(axis=1)
            for cycle in np.flatnonzero(changed).tolist():
                events[cycle].append(number)
        return events

    def _say(self, scenario: str) -> None:
        if scenario != self._scenario:
            said = scenario.encode()
            lib = self._fst.lib
            lib.fstWriterEmitVariableLengthValueChange(self._file, self._name, said, len(said))
            self._scenario = scenario

    def _declare(self) -> list[int]:
        """A variable for each signal, in its scopes."""
        handles = []
        inside: tuple[str, ...] = ()
        for signal in self._signals:
            inside = self._move(inside, signal.path[:-1])
            handles.append(self._variable(signal.path[-1], signal.bits, is_signed=signal.is_signed))
        self._move(inside, ())
        return handles

    def _move(self, inside: tuple[str, ...], to: tuple[str, ...]) -> tuple[str, ...]:
        """Leave scopes, and enter others."""
        common = 0
        while common < min(len(inside), len(to)) and inside[common] == to[common]:
            common += 1
        for _ in inside[common:]:
            self._fst.lib.fstWriterSetUpscope(self._file)
        for name in to[common:]:
            self._open_scope(name)
        return to

    def _open_scope(self, name: str) -> None:
        lib, null = self._fst.lib, self._fst.ffi.NULL
        lib.fstWriterSetScope(self._file, lib.FST_ST_VCD_MODULE, name.encode(), null)

    def _variable(self, name: str, bits: int, *, is_signed: bool = False) -> int:
        lib = self._fst.lib
        kind = lib.FST_VT_VCD_INTEGER if is_signed else lib.FST_VT_VCD_WIRE
        kind = kind if bits else lib.FST_VT_GEN_STRING
        said = name.encode()
        handle: int = lib.fstWriterCreateVar(self._file, kind, lib.FST_VD_IMPLICIT, bits, said, 0)
        return handle


def _binary(number: int) -> bytes:
    return f"{number:0{_CYCLE_BITS}b}".encode()
