"""The manifest: what was generated, from what, and what its pins mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version

from amaranth.lib.wiring import Component

from ..config import Config
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..generators.pre_generated.parameters import PreGeneratedParameters
from ..numbers.beat_layout import BeatLayout
from ..tools.yosys import yosys_version
from .pins import describe_fields, describe_pins


def manifest_text(
    config: Config,
    component: Component,
    top: str,
    system: str,
    architecture: str | None,
    files: dict[str, str],
) -> str:
    """The manifest as JSON; nothing in it depends on when or where it was made."""
    described = describe(config, component, top, system, architecture)
    checksums = {file: sha256(text.encode()) for file, text in files.items()}
    return _text({"generator": generator_versions(), **described, "files": checksums})


def generator_versions() -> dict[str, str]:
    """What writes a manifest and its files here, and in which versions."""
    from .. import __version__

    return {
        "pezo_hw": __version__,
        "amaranth": version("amaranth"),
        "yosys": yosys_version(),
    }


def describe(
    config: Config, component: Component, top: str, system: str, architecture: str | None
) -> dict[str, object]:
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
    if isinstance(parameters, OnTheFlyParameters):
        manifest |= {"architecture": architecture, "scaling": _scaling(parameters)}
    else:
        manifest["pool"] = _pool(parameters)
    if system != "core":
        manifest |= _interface(config, system, top)
    return manifest


def add_to_manifest(text: str, entries: Mapping[str, object], files: Mapping[str, str]) -> str:
    """A manifest with more entries before its list of files, and more files in that."""
    manifest = json.loads(text)
    listed = manifest.pop("files")
    checksums = {file: sha256(text.encode()) for file, text in files.items()}
    return _text({**manifest, **entries, "files": listed | checksums})


def _text(manifest: dict[str, object]) -> str:
    # Plain ASCII: a name may have characters that no encoding of files knows.
    return json.dumps(manifest, indent=2) + "\n"


def _interface(config: Config, system: str, top: str) -> dict[str, object]:
    """What a system has around its core: the layout of its payloads, and how long a jump takes."""
    beat = BeatLayout.of(config.parameters).fields
    if system == "stream":
        return {"system": system, "payload": describe_fields(beat)}
    if system == "axi":
        return {"system": system, **_axi(config, top)}
    replay = config.replay()
    return {
        "system": system,
        "payload": describe_fields({**beat, "last": 1}),
        "command": describe_fields(replay.command_fields),
        "lead": replay.lead,
    }


def _axi(config: Config, top: str) -> dict[str, object]:
    """How a beat lies in m_axis_tdata, which file describes the registers, and their constants."""
    axi = config.axi()
    slot, layout = 8 * axi.slot_bytes, axi.layout
    stream: dict[str, object] = {"slot_bits": slot, "lanes": layout.lanes}
    if layout.code_bits:
        stream["code"] = {"low": slot * layout.lanes, "width": layout.code_bits}
    return {
        "stream": stream,
        "lead": axi.replay.lead,
        "registers": {"file": registers_file(top), "constants": axi.constants},
    }


def registers_file(top: str) -> str:
    """The file that describes the registers of a system, in SystemRDL."""
    return f"{top}.rdl"


def _scaling(parameters: OnTheFlyParameters) -> dict[str, object]:
    table = parameters.scale_table
    value = "2^-frac" if parameters.scaling.is_shifted else "2^(base + code - frac)"
    return {
        "value": f"mantissa * {value} * gain",
        "base": table.base,
        "code_bits": parameters.scaling.code_bits,
        "gain": parameters.scaling.gain,
        "saturated_share": table.saturated_share,
    }


def _pool(parameters: PreGeneratedParameters) -> dict[str, object]:
    return {
        "value": "mantissa * 2^-frac",
        "scale": parameters.quantised.scale,
        "rows": parameters.rows,
        "address_moduli": list(parameters.address_sequence.moduli),
    }


def sha256(content: bytes) -> str:
    """The checksum of a file."""
    return hashlib.sha256(content).hexdigest()
