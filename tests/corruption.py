"""Damage to files, at random and the same every time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np


def corruptions(content: bytes, count: int) -> Iterator[bytes]:
    """So many different damaged versions: bits, bytes and blocks changed, lost and added."""
    random = np.random.default_rng(9)
    seen = {content}
    while len(seen) <= count:
        at, end = sorted(random.integers(0, len(content) + 1, 2).tolist())
        damaged = bytearray(content)
        kind = random.integers(0, 7)
        if kind == 0 and at < len(damaged):
            damaged[at] ^= 1 << int(random.integers(0, 8))
        elif kind == 1:
            damaged[at : at + 8] = random.bytes(8)
        elif kind == 2:
            del damaged[at:]
        elif kind == 3:
            del damaged[at:end]
        elif kind == 4:
            damaged[at:end] = bytes(end - at)
        elif kind == 5:
            damaged[at:at] = random.bytes(int(random.integers(1, 9)))
        else:
            damaged[at:end] = damaged[at:end][::-1]
        if bytes(damaged) not in seen:
            seen.add(bytes(damaged))
            yield bytes(damaged)


def no_files(path: Path) -> Iterator[str]:
    """Puts something that is no file with content in a file's place, one after another."""
    path.unlink()
    path.mkdir()
    yield "a folder"
    path.rmdir()
    os.mkfifo(path)
    yield "a FIFO"
    path.unlink()
    path.symlink_to(path.name)
    yield "a link to itself"
    path.unlink()
    path.symlink_to("/dev/zero")
    yield "a device without end"
    path.unlink()
    path.touch()
    yield "nothing"
    path.unlink()
