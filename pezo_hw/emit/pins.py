"""What the pins of a generated top module mean, in words."""

from __future__ import annotations

from amaranth.hdl import Shape
from amaranth.lib.wiring import Component, Flow

from ..systems.system import System


def describe_pins(component: Component, system: System) -> list[dict[str, object]]:
    """Name, direction, width and meaning of every pin: clock, reset, then the component's own."""
    return [
        {"name": name, "direction": direction, "width": width, "meaning": system.pins[name]}
        for name, direction, width in _pins(component, system)
    ]


def pin_names(component: Component, system: System) -> list[str]:
    """The names of those pins."""
    return [name for name, _, _ in _pins(component, system)]


def _pins(component: Component, system: System) -> list[tuple[str, str, int]]:
    pins = [] if system.has_own_clock else [("clk", "input", 1), ("rst", "input", 1)]
    for path, member, _ in component.signature.flatten(component):
        direction = "input" if member.flow == Flow.In else "output"
        pins.append(("__".join(path), direction, Shape.cast(member.shape).width))
    return pins
