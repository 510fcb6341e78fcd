"""The folder that a core is to be written to, as it is found."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..errors import PezoError
from ..tools.files import read_bounded
from .manifest import sha256
from .manifest_file import Manifest, first_difference, is_generated, manifests_in

_LARGEST = 1 << 28
_PLAIN = re.compile(r"\w[\w.]*", re.ASCII)
_ALLOWED = "allowed: a folder without them, or --force"


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A folder with the manifests that lie in it.

    Attributes
    ----------
    folder : Path
        The folder, which need not be there.
    manifests : tuple of Manifest
        Of cores that were written there before; with ``force`` that of its own top alone.
    """

    folder: Path
    manifests: tuple[Manifest, ...] = ()

    @classmethod
    def of(cls, folder: Path, config: Config, top: str, *, force: bool) -> Destination:
        """The folder, where a core of this name and top may be written.

        Raises
        ------
        PezoError
            Where files of another configuration lie there, unless ``force``.
        """
        earlier = _earlier_manifest(folder, top)
        if force:
            return cls(folder=folder, manifests=earlier)
        manifests = (*earlier, *manifests_in(folder, f"{top}.json"))
        for manifest in manifests:
            other = manifest.content.get("name")
            if other != config.name:
                raise PezoError(f"{folder} holds {manifest.top} of {other}; {_ALLOWED}")
        known = {top, *(manifest.top for manifest in manifests)}
        for path in sorted(folder.glob("*.v")):
            if path.stem not in known and is_generated(path):
                raise PezoError(f"{folder} holds {path.name}, of no manifest; {_ALLOWED}")
        return cls(folder=folder, manifests=manifests)

    def require_exclusive(self, top: str, files: Iterable[str]) -> None:
        """Checks that no file to be written there belongs to another top.

        Raises
        ------
        PezoError
            Naming the file and its top.
        """
        for manifest in self.manifests:
            listed = manifest.content.get("files")
            shared = [name for name in files if isinstance(listed, dict) and name in listed]
            if shared and manifest.top != top:
                raise PezoError(f"{self.folder / shared[0]} belongs to {manifest.top}; {_ALLOWED}")

    def other_settings(self, config: Config, top: str) -> str:
        """In what the core of that top there was another than this one; empty where in nothing."""
        before = self._before(top)
        if before is None:
            return ""
        difference = first_difference(before.content.get("config"), config.resolved(), "config")
        return (
            "" if difference is None else difference[0].removeprefix("config").lstrip(".") or "all"
        )

    def leftovers(self, top: str, files: Mapping[str, str]) -> tuple[list[Path], list[Path]]:
        """What the core of that top had beside these files, and those of it that were edited since.

        Only regular files in the folder itself whose checksum is the one in the manifest are told
        to be its own; what was edited is somebody's work.
        """
        before = self._before(top)
        listed = {} if before is None else before.content.get("files")
        own: list[Path] = []
        edited: list[Path] = []
        for name, checksum in listed.items() if isinstance(listed, dict) else ():
            path = self.folder / name
            if name in files or not _PLAIN.fullmatch(name) or not os.path.lexists(path):
                continue
            (own if _checksum(path) == checksum else edited).append(path)
        return own, edited

    def _before(self, top: str) -> Manifest | None:
        return next((manifest for manifest in self.manifests if manifest.top == top), None)


def _earlier_manifest(folder: Path, top: str) -> tuple[Manifest, ...]:
    """The manifest of an earlier core of that top; one that is broken is as good as none."""
    path = folder / f"{top}.json"
    with suppress(PezoError):
        if path.is_file() and (manifest := Manifest.read(path)) is not None:
            return (manifest,)
    return ()


def _checksum(path: Path) -> str:
    if path.is_symlink():
        return ""
    try:
        return sha256(read_bounded(path, _LARGEST))
    except OSError:
        return ""
