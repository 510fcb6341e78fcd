"""The manifest: what was generated, from what, and what its pins mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version

from amaranth.lib.wiring import Component

from ..config import Config
from ..systems.system import System
from ..tools.yosys import yosys_version
from ..version import __version__
from .pins import describe_pins


def manifest_text(
    config: Config,
    component: Component,
    top: str,
    system: System,
    files: dict[str, str],
) -> str:
    """The manifest as JSON; nothing in it depends on when or where it was made."""
    parameters = config.parameters
    manifest: dict[str, object] = {
        "generator": {
            "pezo_hw": __version__,
            "amaranth": version("amaranth"),
            "yosys": yosys_version(),
        },
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
    manifest |= system.interface(config, top)
    manifest["files"] = {file: _sha256(text) for file, text in files.items()}
    return _text(manifest)


def add_to_manifest(text: str, entries: Mapping[str, object], files: Mapping[str, str]) -> str:
    """A manifest with more entries before its list of files, and more files in that."""
    manifest = json.loads(text)
    listed = manifest.pop("files")
    checksums = {file: _sha256(text) for file, text in files.items()}
    return _text({**manifest, **entries, "files": listed | checksums})


def _text(manifest: dict[str, object]) -> str:
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
