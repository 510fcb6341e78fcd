"""The replay log as a file: a head in JSON, then a few bytes a step (`docs/training.md`)."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..checks import integer, real
from ..errors import PezoError
from ..tools.completeness import with_seal, without_seal
from ..tools.files import open_regular, replacing
from .replay_log import LogHead, ReplayLog, bits_of
from .replay_steps import decoded, encoded
from .run import Run
from .zo_sgd import ZOSGD

_MAGIC = b"pezo replay log 1\n"
_LARGEST_FILE = 1 << 30
_LARGEST_HEAD = 1 << 22
_LENGTH_BYTES = 4
_ALLOWED = "a file of write_log"


def write_log(path: str | os.PathLike[str], optimizer: ZOSGD) -> str:
    """Writes the log of an optimiser; the file appears once it is whole.

    Returns
    -------
    str
        One line: how many steps, in how many bytes, and how many a step.

    Raises
    ------
    PezoError
        Where the optimiser has no log, the file system refuses, or inside a step.
    """
    done = optimizer.save()["step"]
    if optimizer.log is None:
        raise PezoError("an optimiser without a log is not allowed; allowed: one with begin_log")
    steps = optimizer.log.steps_until(done)
    end = bits_of(optimizer.weights.current())
    queries = len(steps[0].queries) if steps else 1
    text = json.dumps(asdict(optimizer.log.head) | {"queries": queries, "end": end})
    head = zlib.compress(text.encode(), 9)
    body = encoded(steps)
    content = _MAGIC + len(head).to_bytes(_LENGTH_BYTES, "little") + head + body
    with replacing(Path(path)) as temporary:
        temporary.write_bytes(with_seal(content))
    size = len(with_seal(content))
    each = f", {len(body) / len(steps):.1f} a step" if steps else ""
    return f"{len(steps):,} steps in {size:,} bytes{each}"


def read_log(path: str | os.PathLike[str]) -> ReplayLog:
    """The log in a file, proven whole, and everything in it of the right kind.

    Raises
    ------
    PezoError
        With the path, for what is no log, or damaged.
    """
    try:
        return _read(Path(path))
    except PezoError as error:
        raise PezoError(f"{path}: {error}") from None
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror or error}; allowed: {_ALLOWED}") from None
    except Exception:  # content of somebody else's is wrong in as many ways as zlib and json have
        raise PezoError(f"{path}: not a log, or damaged; allowed: {_ALLOWED}") from None


def _read(path: Path) -> ReplayLog:
    with open_regular(path) as file:
        content = without_seal(file.read(_LARGEST_FILE))
    if not content.startswith(_MAGIC):
        raise ValueError("another format")
    start = len(_MAGIC) + _LENGTH_BYTES
    end = start + int.from_bytes(content[len(_MAGIC) : start], "little")
    text = zlib.decompressobj().decompress(content[start:end], _LARGEST_HEAD)
    found = json.loads(text)
    steps = decoded(content[end:], integer("queries", found.pop("queries"), 1, 1 << 20))
    last = _digest(found.pop("end"))
    return ReplayLog(_head(found), steps, end=last)


def _head(found: dict[str, Any]) -> LogHead:
    """The head with every value looked at; another key or none raises TypeError."""
    run = Run.of({"step": found["first_step"], "position": 0, "history": found["history"]})
    for key in ("layout", "begin", "fingerprint"):
        _digest(found[key])
    if not isinstance(found["source"], str):
        raise TypeError("no name")
    integer("memory", found["memory"], 1)
    if not 0 <= real("momentum", found["momentum"]) < 1:
        raise ValueError("no momentum")
    return LogHead(**found | {"history": run.history, "first_step": run.step})


def _digest(value: object) -> str:
    if not isinstance(value, str) or len(value) > 256:
        raise TypeError("no digest")
    return value
