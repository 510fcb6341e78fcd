"""How a system is loaded at run time."""

from __future__ import annotations

from amaranth.lib import stream, wiring
from amaranth.lib.wiring import In, Out

from ..options import LOAD_WORD_BITS


class LoadSignature(wiring.Signature):
    """The members of a load, seen from the side that asks for it.

    A load is begun, takes its words in order, checks them, and then either takes effect as a whole
    or is refused as a whole; but for a table or a row that turns out not to be what was meant once
    it is written, which ``needed`` tells. Which words it takes, see `ReplaySequencer`.

    Timing: ``begin`` high at a clock edge begins a load, of contents where ``contents`` is high in
    the same cycle, of a phase otherwise. One under way is given up, unless its effect has begun:
    then ``begin`` does nothing. Contents are refused at once where only a phase can be loaded. A
    word is taken at a clock edge where ``data.valid & data.ready``; one that is taken at the edge
    of ``begin`` is still of the load given up. ``done`` and ``refused`` are high for one clock
    cycle each. Reset gives up the load under way.

    Members
    -------
    begin, contents : Signal(1), out
        See above.
    data : stream.Signature(32), out
        The words; ``ready`` is low while none is wanted.
    busy : Signal(1), in
        From the cycle after ``begin`` until ``done`` or ``refused``.
    done, refused : Signal(1), in
        The load is in use; it was not acceptable, and everything is as it was before, as far as
        ``needed`` is low.
    needed : Signal(1), in
        What is stored is not whole, or not that of the stream: a load of contents has begun to
        overwrite it, or a reset has brought the old seeds back to a table of others. No command is
        taken until a load of contents is done. A reset does not lower it.
    """

    def __init__(self) -> None:
        super().__init__(
            {
                "begin": Out(1),
                "contents": Out(1),
                "data": Out(stream.Signature(LOAD_WORD_BITS)),
                "busy": In(1),
                "done": In(1),
                "refused": In(1),
                "needed": In(1),
            }
        )
