"""The manifest: what was generated, from what, and what its pins mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from ..config import Config
from ..systems.system import System
from ..tools.yosys import yosys_version
from ..version import __version__

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


def manifest_text(
    config: Config,
    component: Component,
    top: str,
    system: System,
    files: dict[str, str],
) -> str:
    """The manifest as JSON; nothing in it depends on when or where it was made."""
    described = describe(config, component, top, system)
    checksums = {file: sha256(text.encode()) for file, text in files.items()}
    return _text({"generator": generator_versions(), **described, "files": checksums})


def generator_versions() -> dict[str, str]:
    """What writes a manifest and its files here, and in which versions."""
    return {
        "pezo_hw": __version__,
        "amaranth": version("amaranth"),
        "yosys": yosys_version(),
    }


def describe(config: Config, component: Component, top: str, system: System) -> dict[str, object]:
    """All that a manifest says which follows from the configuration."""
    parameters = config.parameters
    manifest: dict[str, object] = {
        "name": config.name,
        "top": top,
        "config": config.resolved(),
        "ports": describe_pins(component, system),
        "latency": parameters.latency,
        "lanes": parameters.lanes,
        "fixed_point": {
            "format": parameters.fixed_point.name,
            "bits": parameters.fixed_point.bits,
            "frac": parameters.fixed_point.frac,
        },
        "joint_orbit": parameters.joint_orbit,
    }
    manifest |= {**config.generator.facts().manifest, "system": system.name}
    return manifest | system.interface(config, top)


def add_to_manifest(text: str, entries: Mapping[str, object], files: Mapping[str, str]) -> str:
    """A manifest with more entries before its list of files, and more files in that."""
    manifest = json.loads(text)
    listed = manifest.pop("files")
    checksums = {file: sha256(text.encode()) for file, text in files.items()}
    return _text({**manifest, **entries, "files": listed | checksums})


def _text(manifest: dict[str, object]) -> str:
    # Plain ASCII: a name may have characters that no encoding of files knows.
    return json.dumps(manifest, indent=2) + "\n"


def sha256(content: bytes) -> str:
    """The checksum of a file."""
    return hashlib.sha256(content).hexdigest()


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
    from amaranth.hdl import Shape
    from amaranth.lib.wiring import Flow

    pins = [] if system.has_own_clock else [("clk", "input", 1), ("rst", "input", 1)]
    for path, member, _ in component.signature.flatten(component):
        direction = "input" if member.flow == Flow.In else "output"
        pins.append(("__".join(path), direction, Shape.cast(member.shape).width))
    return pins
