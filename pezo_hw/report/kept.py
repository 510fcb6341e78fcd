"""Results that a page needs, kept for as long as nothing that they depend on has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..synth.cache import Cache, key_of

_PACKAGE = Path(__file__).parents[1]
# Whoever stands above what finds out has no say in it.
_ABOVE = {"cli", "report"}
# What figures are worked out with, beside the package itself.
_LIBRARIES = ("amaranth", "cocotb", "numpy", "pyosys")


@cache
def package_digest() -> str:
    """A checksum of the package's files: a verdict is one of these very sources."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        if path.is_file() and "__pycache__" not in path.parts and name.parts[0] not in _ABOVE:
            digest.update(name.as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def kept(
    store: Cache,
    what: tuple[object, ...],
    work_out: Callable[[], Any],
    *,
    is_worth: Callable[[Any], bool] = lambda found: True,
) -> Any:
    """A result that JSON can hold, read where it was worked out before.

    Parameters
    ----------
    store : Cache
        Where it is looked up and kept.
    what : tuple
        What it is and of what, as plain data; the package's sources and the libraries' versions are
        part of the key as well.
    work_out : callable
        Works it out.
    is_worth : callable
        Whether it is worth keeping: what failed is tried again.
    """
    libraries = [f"{library} {version(library)}" for library in _LIBRARIES]
    key = key_of("report", package_digest(), libraries, *what)
    found = store.get(key)
    if found is None:
        found = work_out()
        if is_worth(found):
            store.put(key, found)
    return found
