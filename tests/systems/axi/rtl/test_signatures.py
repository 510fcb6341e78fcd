"""The pins of the interfaces, as ARM's tables have them."""

from __future__ import annotations

from amaranth.lib.wiring import Flow, Signature

from pezo_hw.systems.axi.rtl.signatures import AXI4LiteSignature, AXI4StreamSignature

# IHI 0022, "AMBA AXI4-Lite": bits of what the manager drives, and of what the subordinate does.
MANAGER = {
    "awaddr": 12,
    "awprot": 3,
    "awvalid": 1,
    "wdata": 32,
    "wstrb": 4,
    "wvalid": 1,
    "bready": 1,
    "araddr": 12,
    "arprot": 3,
    "arvalid": 1,
    "rready": 1,
}
SUBORDINATE = {
    "awready": 1,
    "wready": 1,
    "bresp": 2,
    "bvalid": 1,
    "arready": 1,
    "rdata": 32,
    "rresp": 2,
    "rvalid": 1,
}


def bits(signature: Signature, flow: Flow) -> dict[str, int]:
    members = signature.members.items()
    return {name: member.shape for name, member in members if member.flow == flow}


def test_axi4_lite():
    assert bits(AXI4LiteSignature(), Flow.Out) == MANAGER
    assert bits(AXI4LiteSignature(), Flow.In) == SUBORDINATE


def test_axi4_stream():
    assert bits(AXI4StreamSignature(256), Flow.In) == {"tready": 1}
    pins = {"tdata": 256, "tlast": 1, "tuser": 1, "tvalid": 1}
    assert bits(AXI4StreamSignature(256), Flow.Out) == pins
