"""A testbench in Verilog that needs no Python: it compares with words of the golden stream."""

from __future__ import annotations

from ..config import Config
from .design import Design
from .golden_words import golden_words
from .text import fill

BEATS = 256
_PINS = {
    "core": {
        "en": "take",
        "valid": "valid",
        "mantissa": "shown[{mantissa}]",
        "code": "shown[{code}]",
    },
    "stream": {"o__ready": "take", "o__valid": "valid", "o__payload": "shown"},
}

_REPLAY = {
    "command__valid": "ask",
    "command__ready": "answered",
    "command__payload": "asked",
    "o__valid": "valid",
    "o__ready": "take",
    "o__payload": "shown",
}


def has_testbench(design: Design) -> bool:
    """Whether there is a testbench for the design's system."""
    return design.system in {*_PINS, "replay"}


def testbench_files(config: Config, design: Design) -> dict[str, str]:
    """The testbench and its golden words, by file name."""
    words = golden_words(config, BEATS)
    width = _width(design)
    golden = f"{design.top}_tb.hex"
    values: dict[str, object] = {
        "top": design.top,
        "beats": BEATS,
        "width": width,
        "golden": golden,
    }
    if design.system == "replay":
        count = design.port("command__payload").width - 1
        longest = min(BEATS, 1 << count)
        values |= {"count": count, "longest": longest}
        bench = fill("testbench_replay.sv", pins=_connected(design, _REPLAY), **values)
    else:
        pins = _connected(design, _streaming_pins(design))
        bench = fill("testbench_stream.sv", pins=pins, **values)
    digits = -(-width // 4)
    text = "".join(f"{word:0{digits}x}\n" for word in words)
    return {f"{design.top}_tb.sv": bench, golden: text}


def _width(design: Design) -> int:
    """Bits of a beat without what a system puts on top of it."""
    if design.system == "core":
        return sum(_fields(design).values())
    return design.port("o__payload").width - (design.system == "replay")


def _fields(design: Design) -> dict[str, int]:
    """The pins of a core that are a beat, the lowest first."""
    names = ("mantissa", "code")
    return {name: design.port(name).width for name in names if design.has(name)}


def _streaming_pins(design: Design) -> dict[str, str]:
    """What the testbench calls the pins; a core's beat lies in two of them."""
    ranges, low = {}, 0
    for name, width in _fields(design).items() if design.system == "core" else ():
        ranges[name] = f"{low + width - 1}:{low}"
        low += width
    return {
        pin: net.format(**ranges) for pin, net in _PINS[design.system].items() if design.has(pin)
    }


def _connected(design: Design, nets: dict[str, str]) -> str:
    """Connections of every pin; an input that the testbench does not know is low."""
    nets = {"clk": "clk", "rst": "rst", **nets}
    idle = {"input": "{width}'d0", "output": ""}
    return ",\n".join(
        f"    .{port.name}({nets.get(port.name, idle[port.direction].format(width=port.width))})"
        for port in design.ports
    )
