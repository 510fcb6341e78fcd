"""The manifest: what was generated, from what, and what its pins mean."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version

from amaranth.lib.wiring import Component, Flow

from ..config import Config
from ..parameters import OnTheFlyParameters, PreGeneratedParameters
from ..yosys import yosys_version

_MEANINGS = {
    "clk": "clock; everything happens at its rising edge",
    "rst": "synchronous reset, active high; wins over en; starts again from cycle 0",
    "en": "clock enable of everything; low freezes every output",
    "valid": "mantissa (and code) are a beat; it is taken at a clock edge where en & valid",
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}


def manifest_text(
    config: Config,
    component: Component,
    top: str,
    architecture: str | None,
    files: dict[str, str],
) -> str:
    """The manifest as JSON; nothing in it depends on when or where it was made."""
    from .. import __version__

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
        "ports": _ports(component),
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
    manifest["files"] = {file: _sha256(text) for file, text in files.items()}
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _ports(component: Component) -> list[dict[str, object]]:
    ports = [_port("clk", "input", 1), _port("rst", "input", 1)]
    for name, member in component.signature.members.items():
        direction = "input" if member.flow == Flow.In else "output"
        ports.append(_port(name, direction, member.shape))
    return ports


def _port(name: str, direction: str, width: int) -> dict[str, object]:
    return {"name": name, "direction": direction, "width": width, "meaning": _MEANINGS[name]}


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


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
