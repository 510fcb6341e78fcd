"""What the pins of a generated top module mean, in words."""

from __future__ import annotations

from collections.abc import Mapping

from amaranth.hdl import Shape
from amaranth.lib.wiring import Component, Flow

_CLOCK = "clock; everything happens at its rising edge"
# A core has the fields of a beat as pins of their own.
_OF_BEAT = {
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}
_FIELDS = {
    **_OF_BEAT,
    "last": "the last beat of a command",
    "length": "how many beats the command asks for, less one",
    "replay": "whether it goes back to where the last command without this began",
}
_OF_CORE = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; wins over en; starts again from cycle 0",
    "en": "clock enable of everything; low freezes every output",
    "valid": "mantissa (and code) are a beat; it is taken at a clock edge where en & valid",
    **_OF_BEAT,
}
_OF_STREAM = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; lowers o__valid and starts again from cycle 0",
    "o__valid": "o__payload is a beat; never waits for o__ready, and stays until the beat is taken",
    "o__ready": "the beat is taken at a clock edge where o__valid & o__ready",
    "o__payload": "a beat, laid out as payload says; keeps its value until it is taken",
}
_OF_REPLAY = {
    **_OF_STREAM,
    "rst": "synchronous reset, active high; drops the command under way, starts again from cycle 0",
    "command__valid": "command__payload is a command",
    "command__ready": "the command is taken at a clock edge where command__valid & command__ready",
    "command__payload": "a command, laid out as command says",
    "fault": "high for one cycle: a lane or the tracker has lost the lockstep",
    "reload": "while high, a fault is followed by going back to where the perturbation began",
    "reloaded": "high for one cycle: gone back; the next command starts there, replay or not",
}
_MEANINGS = {"core": _OF_CORE, "stream": _OF_STREAM, "replay": _OF_REPLAY}


def describe_pins(component: Component, system: str) -> list[dict[str, object]]:
    """Name, direction, width and meaning of every pin: clock, reset, then the component's own."""
    pins = [("clk", "input", 1), ("rst", "input", 1)]
    for path, member, _ in component.signature.flatten(component):
        direction = "input" if member.flow == Flow.In else "output"
        pins.append(("__".join(path), direction, Shape.cast(member.shape).width))
    meanings = _MEANINGS[system]
    return [
        {"name": name, "direction": direction, "width": width, "meaning": meanings[name]}
        for name, direction, width in pins
    ]


def describe_fields(fields: Mapping[str, int]) -> dict[str, object]:
    """Place, width and meaning of every field of a payload, given their widths, lowest first."""
    described: dict[str, object] = {}
    low = 0
    for name, width in fields.items():
        described[name] = {"low": low, "width": width, "meaning": _FIELDS[name]}
        low += width
    return described
