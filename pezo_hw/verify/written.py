"""Cores that were written to disk, found again by their manifests."""

from __future__ import annotations

import json
from pathlib import Path

from ..config import Config
from ..errors import PezoError
from ..systems.registry import CORE


def written_core(config: Config, folder: Path, system: str = CORE) -> dict[str, str]:
    """The Verilog and memory files of a configuration's core, from a folder or its subfolders.

    The core, or a system around it, is recognised by what its manifest says, not by any name.

    Raises
    ------
    PezoError
        Where no manifest there is of this configuration, or one of its files is missing.
    """
    for path in sorted([*folder.glob("*.json"), *folder.glob("*/*.json")]):
        try:
            manifest = json.loads(path.read_text("utf-8"))
            same_system = manifest["system"] == system
            if same_system and manifest["config"] == config.resolved():
                return {name: (path.parent / name).read_text("utf-8") for name in manifest["files"]}
        except (ValueError, KeyError, TypeError):
            continue
        except OSError as error:
            raise PezoError(f"{error.filename}: {error.strerror}") from None
    allowed = f"a folder that pezo generate --system {system} wrote this config to"
    raise PezoError(f'--rtl = "{folder}" holds no {system} of {config.name}; allowed: {allowed}')
