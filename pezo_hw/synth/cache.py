"""Results of long runs, kept by the content of everything that they depend on."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import PezoError
from ..tools.completeness import with_seal, without_seal
from ..tools.files import read_bounded, replacing

# Raised when what is stored changes its form.
_FORM = 2
_LARGEST_FILE = 1 << 30


@dataclass(frozen=True, kw_only=True)
class Cache:
    """A folder of results; a file that is not, to the last bit, what was put is as good as none.

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
        """What was stored under this very key, or None."""
        if self.folder is None:
            return None
        try:
            content = without_seal(read_bounded(self._path(self.folder, key), _LARGEST_FILE))
            owner, result = json.loads(gzip.decompress(content))
        except (OSError, EOFError, ValueError, TypeError, RecursionError, zlib.error):
            return None
        return result if owner == [_FORM, key] else None

    def put(self, key: str, result: Any) -> None:
        """Store a result that JSON can hold."""
        if self.folder is None:
            return
        try:
            with replacing(self._path(self.folder, key)) as temporary:
                text = json.dumps([[_FORM, key], result])
                temporary.write_bytes(with_seal(gzip.compress(text.encode(), mtime=0)))
        except PezoError:
            return

    def _path(self, folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.json.gz"


NO_CACHE = Cache(folder=None)


def key_of(*content: object) -> str:
    """A key from everything that decides a result; the content must be plain data."""
    text = json.dumps([_FORM, *content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
