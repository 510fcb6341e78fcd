"""What takes long to make, made once a run, by whichever worker asks for it first."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

# Above the folders of the workers; without workers there is nothing to share.
folder: Path | None = None


def made_once(name: str, make: Callable[[], Made]) -> Made:
    """What ``make`` gives, or has given to another worker of this run under the same name.

    Parameters
    ----------
    name : str
        A file's name, of this alone.
    make : callable
        Makes something that can be pickled, the same every time.
    """
    if folder is None:
        return make()
    stored = folder / name
    with stored.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stored.exists():
            stored.write_bytes(pickle.dumps(make()))
    return pickle.loads(stored.read_bytes())
