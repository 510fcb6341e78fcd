"""What the pins of a generated top module mean, in words."""

from __future__ import annotations

from amaranth.hdl import Shape
from amaranth.lib.wiring import Component, Flow

_CLOCK = "clock; everything happens at its rising edge"
# The fields of a beat, which a core has as pins of their own.
FIELDS = {
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}
_OF_CORE = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; wins over en; starts again from cycle 0",
    "en": "clock enable of everything; low freezes every output",
    "valid": "mantissa (and code) are a beat; it is taken at a clock edge where en & valid",
    **FIELDS,
}
_OF_STREAM = {
    "clk": _CLOCK,
    "rst": "synchronous reset, active high; lowers o__valid and starts again from cycle 0",
    "o__valid": "o__payload is a beat; never waits for o__ready, and stays until the beat is taken",
    "o__ready": "the beat is taken at a clock edge where o__valid & o__ready",
    "o__payload": "a beat, laid out as payload says; keeps its value until it is taken",
}
_MEANINGS = {"core": _OF_CORE, "stream": _OF_STREAM}


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
