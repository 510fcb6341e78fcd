"""Cores that were written to disk, found again by their manifests."""

from __future__ import annotations

import errno
from pathlib import Path

from ..config import Config
from ..errors import PezoError
from ..tools.files import read_json, read_text

_LARGEST_MANIFEST = 1 << 26
_LARGEST_FILE = 1 << 30


def written_core(config: Config, folder: Path, system: str = "core") -> dict[str, str]:
    """The Verilog and memory files of a configuration's core, from a folder or its subfolders.

    The core, or a system around it, is recognised by what its manifest says, not by any name.

    Raises
    ------
    PezoError
        Where no manifest there is of this configuration, or one of its files is missing.
    """
    for path in sorted([*folder.glob("*.json"), *folder.glob("*/*.json")]):
        try:
            manifest = read_json(path, _LARGEST_MANIFEST)
            same_system = manifest.get("system", "core") == system
            if same_system and manifest["config"] == config.resolved():
                return {
                    name: read_text(path.parent / name, _LARGEST_FILE) for name in manifest["files"]
                }
        except (KeyError, TypeError, AttributeError):
            continue
        except OSError as error:
            if error.errno == errno.EILSEQ and str(path) == error.filename:
                continue  # other JSON, or none
            raise PezoError(f"{error.filename}: {error.strerror}") from None
    allowed = f"a folder that pezo generate --system {system} wrote this config to"
    raise PezoError(f'--rtl = "{folder}" holds no {system} of {config.name}; allowed: {allowed}')
