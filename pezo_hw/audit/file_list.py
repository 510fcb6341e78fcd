"""The files that a manifest lists, each read once its name is known to be one of its own."""

from __future__ import annotations

import re
from pathlib import Path

from ..emit.manifest import sha256
from ..emit.manifest_file import Manifest
from ..errors import MISSING, PezoError
from ..tools.files import read_bounded
from ..vivado.hand_off import file_names

_LARGEST = 1 << 28
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PLAIN = re.compile(r"\w[\w.]*", re.ASCII)


class FileList:
    """What lies beside a manifest.

    Parameters
    ----------
    manifest : Manifest
        Its ``files`` are names, which lead nowhere but to its own folder, and checksums.

    Raises
    ------
    PezoError
        Where it lists none.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._listed = manifest.content.get("files", MISSING)
        if not isinstance(self._listed, dict):
            raise manifest.error("files", self._listed, "the checksums of the files beside it")
        self._texts: dict[str, str] = {}

    def check(self, others: list[str]) -> None:
        """Checks that just the top's Verilog, these and perhaps Vivado's are listed, and right."""
        top = self._manifest.top
        vivado = file_names(top) if "vivado" in self._manifest.content else ([], [])
        required = [f"{top}.v", *others, *vivado[0]]
        for name in self._listed:
            if name not in required and name not in vivado[1]:
                raise self._error(name, "nothing there: no file of this core")
        for name in required:
            self._path(name)
        for name in self._listed:
            self.text(name)

    def text(self, name: str) -> str:
        """The text of a file whose checksum is right."""
        if name not in self._texts:
            path = self._path(name)
            content = self._read(path)
            if self._listed[name] != (actual := sha256(content)):
                right = f'allowed: "{actual}", the SHA-256 of {path}'
                listed = f'files.{name} = "{self._listed[name]}" is not allowed'
                raise PezoError(f"{self._manifest.path}: {listed}; {right}")
            try:
                self._texts[name] = content.decode("utf-8")
            except UnicodeDecodeError:
                raise PezoError(f"{path}: not UTF-8 text; allowed: pezo generate's") from None
        return self._texts[name]

    def _path(self, name: str) -> Path:
        """Where a file lies: in the folder itself, and listed with something like a checksum."""
        listed = self._listed.get(name, MISSING)
        if not isinstance(listed, str) or not _SHA256.fullmatch(listed):
            raise self._error(name, "64 hexadecimal digits, the file's SHA-256")
        if not _PLAIN.fullmatch(name):
            raise self._error(name, "letters, digits, _ and dots in a file's name")
        return self._manifest.path.with_name(name)

    def _read(self, path: Path) -> bytes:
        try:
            home = path.parent.resolve(strict=True)
            if path.resolve(strict=True).parent != home:
                raise PezoError(f"{path}: leads out of its folder; allowed: a file that lies there")
            return read_bounded(path, _LARGEST)
        except OSError as error:
            raise PezoError(f"{path}: {error.strerror or error}") from None

    def _error(self, name: str, allowed: str) -> PezoError:
        return self._manifest.error(f"files.{name}", self._listed.get(name, MISSING), allowed)
