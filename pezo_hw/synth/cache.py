"""Results of long runs, kept by the content of everything that they depend on."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import PezoError
from ..tools.files import replacing

# Raised when what is stored changes its form.
_FORM = 1


def cache_folder() -> Path:
    """``$PEZO_CACHE_DIR``, else the user's cache folder on this system."""
    if chosen := os.environ.get("PEZO_CACHE_DIR"):
        return Path(chosen)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "pezo_hw"
    if local := os.environ.get("LOCALAPPDATA"):
        return Path(local) / "pezo_hw" / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pezo_hw"


@dataclass(frozen=True, kw_only=True)
class Cache:
    """A folder of results; a file that is damaged or cannot be written is as good as none.

    Attributes
    ----------
    folder : Path or None
        Where they are; None keeps nothing and finds nothing.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from pezo_hw.synth import Cache
    >>> from pezo_hw.synth.cache import key_of
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = Cache(folder=Path(folder))
    ...     cache.put(key_of("paper-opt", 1), "32 LUTs")
    ...     cache.get(key_of("paper-opt", 1)), cache.get(key_of("paper-opt", 2))
    ('32 LUTs', None)
    """

    folder: Path | None

    def get(self, key: str) -> Any:
        """What was stored under a key, or None."""
        if self.folder is None:
            return None
        try:
            return json.loads(gzip.decompress(self._path(self.folder, key).read_bytes()))
        except (OSError, EOFError, ValueError):
            return None

    def put(self, key: str, result: Any) -> None:
        """Store a result that JSON can hold."""
        if self.folder is None:
            return
        try:
            with replacing(self._path(self.folder, key)) as temporary:
                temporary.write_bytes(gzip.compress(json.dumps(result).encode(), mtime=0))
        except PezoError:
            return

    def _path(self, folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.json.gz"


NO_CACHE = Cache(folder=None)


def key_of(*content: object) -> str:
    """A key from everything that decides a result; the content must be plain data."""
    text = json.dumps([_FORM, *content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
