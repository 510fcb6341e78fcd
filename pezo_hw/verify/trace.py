"""The waveform of a run: of all of it, or of what lies around the first mismatch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..bench.bench import Bench, Block
from ..numbers.bit_rows import BitRows
from .fst import FSTFile
from .layouts import gtkwave_layout, surfer_layout
from .waveform import Waveform

FOLDER = "trace"


@dataclass(frozen=True, kw_only=True)
class TraceOptions:
    """What is to be recorded.

    Attributes
    ----------
    folder : Path
        Where the files go once they are whole.
    name : str
        What they are called, without an ending.
    window : int or None
        So many cycles before the first mismatch, and after it; None for all cycles. Where nothing
        differs, there are no files of a window.
    """

    folder: Path
    name: str
    window: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Stretch:
    """Consecutive cycles of a scenario."""

    first: int
    scenario: str
    rows: BitRows

    def part(self, start: int, end: int) -> _Stretch:
        """Those of the cycles from ``start`` to before ``end`` that are in it; maybe none."""
        low, high = (min(max(0, at - self.first), len(self.rows)) for at in (start, end))
        rows = self.rows[low:high]
        return _Stretch(first=self.first + low, scenario=self.scenario, rows=rows)


class Trace:
    """Takes a run block by block, and leaves an FST file and its layouts in a folder.

    Parameters
    ----------
    options : TraceOptions
        What is recorded.
    folder : Path
        The job's; the files are written to `FOLDER` in it.
    bench : Bench
        What is played.
    input_bits : callable
        The bits of an input pin, by its name.
    """

    def __init__(
        self,
        options: TraceOptions,
        folder: Path,
        bench: Bench,
        input_bits: Callable[[str], int],
    ) -> None:
        self._options = options
        self._folder = folder / FOLDER
        self._bench = bench
        self._input_bits = input_bits
        self._waveform: Waveform | None = None
        self._file: FSTFile | None = None
        self._mismatch: int | None = None
        self._before: deque[_Stretch] = deque()

    @property
    def wants_more(self) -> bool:
        """Whether the window of a mismatch reaches beyond what has come."""
        window = self._options.window
        if self._mismatch is None or window is None:
            return False
        return self._end <= self._mismatch + window

    def record(
        self,
        scenario: str,
        first: int,
        block: Block,
        samples: dict[str, list[str]],
        mismatch: int | None,
    ) -> None:
        """Take a block that begins with cycle ``first``; ``mismatch`` is the first of the run."""
        if self._waveform is None:
            self._waveform = Waveform.of(block, self._bench.fields, self._input_bits)
        rows = self._waveform.matrix(block, samples)
        stretch = _Stretch(first=first, scenario=scenario, rows=rows)
        self._end = first + len(block)
        if self._mismatch is None:
            self._mismatch = mismatch
        if self._options.window is None:
            self._write(stretch)
        else:
            self._keep(stretch, self._options.window)

    def finish(self) -> None:
        """Close the file, if there is one, and write the layouts beside it."""
        if self._file is None or self._waveform is None:
            return
        self._file.close()
        name, top = self._options.name, self._bench.top
        layout = gtkwave_layout(f"{name}.fst", top, self._waveform, self._mismatch)
        (self._folder / f"{name}.gtkw").write_text(layout, "utf-8")
        layout = surfer_layout(top, self._waveform, self._mismatch)
        (self._folder / f"{name}.sucl").write_text(layout, "utf-8")

    def _keep(self, stretch: _Stretch, window: int) -> None:
        """Write what the window has of it; without a mismatch, keep what it might have."""
        self._before.append(stretch)
        if self._mismatch is not None:
            while self._before:
                kept = self._before.popleft()
                self._write(kept.part(self._mismatch - window, self._mismatch + window + 1))
            return
        while self._before[0].first + len(self._before[0].rows) <= self._end - window:
            self._before.popleft()
        self._before[0] = self._before[0].part(self._end - window, self._end)

    def _write(self, stretch: _Stretch) -> None:
        if not len(stretch.rows):
            return
        if self._file is None and self._waveform is not None:
            self._folder.mkdir(exist_ok=True)
            path = self._folder / f"{self._options.name}.fst"
            self._file = FSTFile(path, self._bench.top, self._waveform.signals)
        if self._file is not None:
            self._file.write(stretch.first, stretch.scenario, stretch.rows)
