"""Small configurations of every kind that tests of many folders share, as TOML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

OTF = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\n'
PRE = POOL + 'leftover = "row"\n'
DRAWN = POOL.replace("[pre", 'start = "drawn"\n[pre')
DRAWN_ROWS = DRAWN + 'leftover = "row"\n'

ON_THE_FLY = {
    "smallest": OTF + "rngs = 2\nwidth = 3\n",
    "full-house": OTF + "rngs = 7\nwidth = 3\n",
    "power-of-two": OTF + "rngs = 8\nwidth = 5\n",
    "still": OTF + "rngs = 5\nwidth = 4\nrotate = false\n",
    "midrise": OTF + 'rngs = 3\nwidth = 4\nformat = "midrise"\n',
    "narrow-tile": OTF + "rngs = 6\nwidth = 5\nlanes = 4\n",
    "one-lane": OTF + "rngs = 6\nwidth = 5\nlanes = 1\n",
    "wide-tile": OTF + "rngs = 5\nwidth = 4\nlanes = 13\n",
    "leap": OTF + "rngs = 4\nwidth = 7\nsteps_per_cycle = 7\n",
    "own-taps": OTF + "rngs = 3\nwidth = 6\ntaps = [6, 5, 3, 2]\nseeds = [63, 1, 32]\n",
    "one-code-bit": OTF + "rngs = 2\nwidth = 6\n[scaling]\ncode_bits = 1\n",
    "eight-code-bits": OTF + "rngs = 3\nwidth = 4\n[scaling]\ncode_bits = 8\ngain = 0.01\n",
    "fixed-point": OTF + 'rngs = 3\nwidth = 6\n[scaling]\noutput = "fixed-point"\n',
    "fixed-point-wide": OTF
    + 'rngs = 2\nwidth = 7\nformat = "midrise"\nlanes = 5\n'
    + '[scaling]\noutput = "fixed-point"\ncode_bits = 3\n',
    "constant": OTF + 'rngs = 5\nwidth = 4\nlanes = 7\n[scaling]\nmode = "constant"\n',
    "constant-fixed-point": OTF
    + 'rngs = 6\nwidth = 5\nformat = "midrise"\n'
    + '[scaling]\nmode = "constant"\noutput = "fixed-point"\n',
    "collapsed": OTF + "rngs = 3\nwidth = 4\n",
}
PRE_GENERATED = {
    "two-counters": PRE + "pool = 91\nlanes = 1\nwidth = 5\n",
    "one-counter": PRE + "pool = 64\nlanes = 4\nwidth = 6\n",
    "one-row": PRE + "pool = 9\nlanes = 9\nwidth = 4\n",
    "two-rows": PRE + "pool = 10\nlanes = 5\nwidth = 2\n",
    "carry-chain": PRE + "pool = 127\nlanes = 1\nwidth = 3\n",
    "wide": PRE + "pool = 24\nlanes = 8\nwidth = 24\nseed = 5\n",
    "copies": POOL + "pool = 31\nlanes = 8\nwidth = 5\n",
    "copies-counted": POOL + "pool = 28\nlanes = 6\nwidth = 5\n",
    "copies-one-port": POOL + "pool = 63\nlanes = 4\nports = 1\nwidth = 4\n",
    "copies-in-rows": PRE + "pool = 15\nlanes = 2\nwidth = 3\n",
    "copies-drawn": DRAWN + "pool = 31\nlanes = 8\nwidth = 5\n",
    "copies-counted-drawn": DRAWN + "pool = 28\nlanes = 6\nwidth = 5\n",
    "rows-drawn": DRAWN_ROWS + "pool = 91\nlanes = 1\nwidth = 5\n",
}
BOTH = ON_THE_FLY | PRE_GENERATED


def mostly_slow(names: Iterable[Any], *quick: Any) -> list[Any]:
    """The names as parameters of a test; all but these few are left out by ``make check``."""
    names = list(names)
    assert set(quick) <= set(names)
    return [pytest.param(n, marks=() if n in quick else pytest.mark.slow) for n in names]
