"""What the viewers show of a waveform at first: expected beside actual, in decimal."""

from __future__ import annotations

import io
from collections.abc import Iterator

from vcd.gtkw import GTKWColor, GTKWSave

from .fst import PERIOD
from .waveform import Signal, Waveform

# Cycles on the screen in front of the mismatch; some twice as many follow, at this zoom (each step
# of which is a factor of two).
_BEFORE = 6
_ZOOM = -5.0


def gtkwave_layout(file: str, top: str, waveform: Waveform, mismatch: int | None) -> str:
    """A save file of GTKWave.

    Parameters
    ----------
    file : str
        The waveform's file, beside which it lies.
    top : str
        The scope of everything.
    waveform : Waveform
        The signals.
    mismatch : int or None
        The cycle where the marker is put, and what is shown begins shortly before.
    """
    text = io.StringIO()
    save = GTKWSave(text)
    save.dumpfile(file, abspath=False)
    cycle = mismatch or 0
    save.zoom_markers(_ZOOM, -1 if mismatch is None else _edge(cycle))
    save.timestart(PERIOD * max(0, cycle - _BEFORE))
    save.size(1500, 900)
    save.signals_width(300)
    save.sst_expanded(False)
    save.trace(f"{top}.clk")
    save.trace(f"{top}.cycle", datafmt="dec")
    save.trace(f"{top}.scenario", datafmt="ascii")
    for together in waveform.beside():
        for signal in together:
            _trace(save, top, signal)
    return text.getvalue()


def surfer_layout(top: str, waveform: Waveform, mismatch: int | None) -> str:
    """Commands for Surfer, which are given to it with ``--command-file``; see `gtkwave_layout`."""
    return "\n".join(_surfer_commands(top, waveform, mismatch)) + "\n"


def _edge(cycle: int) -> int:
    """The time of the clock edge of a cycle, in ns."""
    return PERIOD * cycle + PERIOD // 2


def _trace(save: GTKWSave, top: str, signal: Signal) -> None:
    is_expected = signal.path[0] == "expected"
    save.trace(
        ".".join((top, *signal.path)),
        alias=" ".join(signal.path[1:] or signal.path) + (" (expected)" if is_expected else ""),
        datafmt="signed" if signal.is_signed else "dec" if signal.bits <= 8 else "hex",
        color=GTKWColor.blue if is_expected else None,
    )


def _surfer_commands(top: str, waveform: Waveform, mismatch: int | None) -> Iterator[str]:
    # Surfer shows what is of type integer in decimal by itself.
    for name in ("clk", "cycle", "scenario"):
        yield f"variable_add {top}.{name}"
    for together in waveform.beside():
        yield from (f"variable_add {'.'.join((top, *signal.path))}" for signal in together)
    if mismatch is not None:
        yield f"cursor_set {_edge(mismatch)}"
        yield "goto_cursor"
