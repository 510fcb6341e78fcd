"""What AXI promises, watched in every cycle."""

from __future__ import annotations

from typing import Any

import cocotb
from cocotb.triggers import FallingEdge

_CHANNELS = {
    "m_axis": ("tvalid", "tready", ("tdata", "tlast", "tuser")),
    "s_axi": ("rvalid", "rready", ("rdata", "rresp")),
    "s_axi ": ("bvalid", "bready", ("bresp",)),
}


class ProtocolMonitor:
    """Ends the test at the first breach.

    * What is offered stays, and stays the same, until it is taken; only a reset ends it.
    * No response without a request, and at most one a request.

    Values are sampled at the falling edge, when everything has settled for the coming rising edge.

    Parameters
    ----------
    dut : handle
        The top module.
    """

    def __init__(self, dut: Any) -> None:
        self._dut = dut
        self._offered: dict[str, tuple[str, ...]] = {}
        self._owed = {"address": 0, "data": 0, "read": 0}
        self.cycles = 0
        cocotb.start_soon(self._watch())

    async def _watch(self) -> None:
        while True:
            await FallingEdge(self._dut.aclk)
            self.cycles += 1
            if not self._high("aresetn"):
                self._offered.clear()
                self._owed = dict.fromkeys(self._owed, 0)
                continue
            for channel in _CHANNELS:
                self._check_stability(channel)
            self._check_requests()

    def _check_stability(self, channel: str) -> None:
        valid, ready, payload = _CHANNELS[channel]
        prefix = channel.strip()
        shown = tuple(str(self._pin(f"{prefix}_{pin}")) for pin in payload)
        offers = self._high(f"{prefix}_{valid}")
        before = self._offered.pop(channel, None)
        if before is not None:
            assert offers, f"{prefix}_{valid} fell without a transfer"
            assert shown == before, f"{prefix}: {payload} changed from {before} to {shown}"
        if offers and not self._high(f"{prefix}_{ready}"):
            self._offered[channel] = shown

    def _check_requests(self) -> None:
        owed = self._owed
        if self._high("s_axi_bvalid"):
            assert owed["address"] == owed["data"] == 1, f"a response is owed to {owed}"
        if self._high("s_axi_rvalid"):
            assert owed["read"] == 1, f"a word is owed to {owed}"
        if self._moves("b"):
            owed["address"] -= 1
            owed["data"] -= 1
        owed["read"] -= self._moves("r")
        owed["address"] += self._moves("aw")
        owed["data"] += self._moves("w")
        owed["read"] += self._moves("ar")
        assert max(owed.values()) <= 1, f"more than one outstanding: {owed}"

    def _moves(self, channel: str) -> bool:
        return self._high(f"s_axi_{channel}valid") and self._high(f"s_axi_{channel}ready")

    def _high(self, pin: str) -> bool:
        return str(self._pin(pin)) == "1"

    def _pin(self, name: str) -> Any:
        return getattr(self._dut, name).value
