"""Manifests made to say what was done to the files beside them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def sign(folder: Path) -> None:
    """Write the checksums of a folder's files, as they are now, into its manifest."""
    (path,) = folder.glob("*.json")
    manifest = json.loads(path.read_text("utf-8"))
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")
