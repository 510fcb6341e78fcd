"""What AXI promises, watched in every cycle."""

from __future__ import annotations

from typing import Any

import cocotb
from cocotb.triggers import FallingEdge, First, RisingEdge

_CHANNELS = {
    "m_axis": ("tvalid", "tready", ("tdata", "tlast", "tuser")),
    "s_axi": ("rvalid", "rready", ("rdata", "rresp")),
    "s_axi ": ("bvalid", "bready", ("bresp",)),
}
_FRAMES, *_RESPONSES = _CHANNELS
_LITE = tuple(f"s_axi_{channel}valid" for channel in ("aw", "w", "ar", "r", "b"))


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
        self._pins: dict[str, Any] = {}
        self._seen: dict[str, bool] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self._owed = {"address": 0, "data": 0, "read": 0}
        self._rests = False
        self.cycles = 0
        cocotb.start_soon(self._watch())

    async def _watch(self) -> None:
        while True:
            await FallingEdge(self._dut.aclk)
            self.cycles += 1
            self._seen.clear()
            if not self._high("aresetn"):
                self._offered.clear()
                self._owed = dict.fromkeys(self._owed, 0)
                continue
            self._check_stability(_FRAMES)
            if not self._rests:
                self._check_registers()

    def _check_registers(self) -> None:
        """AXI4-Lite; then, where nothing is offered there, not before something is."""
        for channel in _RESPONSES:
            self._check_stability(channel)
        self._check_requests()
        if not any(self._high(pin) for pin in _LITE):
            self._rests = True
            cocotb.start_soon(self._wake())

    async def _wake(self) -> None:
        await First(*(RisingEdge(self._pin(pin)) for pin in _LITE))
        self._rests = False

    def _check_stability(self, channel: str) -> None:
        """What is taken at once is not looked at: the receiver compares it."""
        valid, ready, payload = _CHANNELS[channel]
        prefix = channel.strip()
        before = self._offered.pop(channel, None)
        offers = self._high(f"{prefix}_{valid}")
        if before is not None:
            assert offers, f"{prefix}_{valid} fell without a transfer"
            shown = self._shown(prefix, payload)
            assert shown == before, f"{prefix}: {payload} changed from {before} to {shown}"
        if offers and not self._high(f"{prefix}_{ready}"):
            self._offered[channel] = before or self._shown(prefix, payload)

    def _check_requests(self) -> None:
        owed = self._owed
        answers, reads = self._high("s_axi_bvalid"), self._high("s_axi_rvalid")
        if answers:
            assert owed["address"] == owed["data"] == 1, f"a response is owed to {owed}"
        if reads:
            assert owed["read"] == 1, f"a word is owed to {owed}"
        if answers and self._high("s_axi_bready"):
            owed["address"] -= 1
            owed["data"] -= 1
        owed["read"] -= reads and self._high("s_axi_rready")
        owed["address"] += self._requests("aw")
        owed["data"] += self._requests("w")
        owed["read"] += self._requests("ar")
        assert max(owed.values()) <= 1, f"more than one outstanding: {owed}"

    def _requests(self, channel: str) -> bool:
        return self._high(f"s_axi_{channel}valid") and self._high(f"s_axi_{channel}ready")

    def _shown(self, prefix: str, payload: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(self._pin(f"{prefix}_{pin}").value) for pin in payload)

    def _high(self, pin: str) -> bool:
        """Asked of the simulator once a cycle: the way there is a long one."""
        if pin not in self._seen:
            self._seen[pin] = str(self._pin(pin).value) == "1"
        return self._seen[pin]

    def _pin(self, name: str) -> Any:
        """Looked up once: a million cycles ask for it."""
        if name not in self._pins:
            self._pins[name] = getattr(self._dut, name)
        return self._pins[name]
