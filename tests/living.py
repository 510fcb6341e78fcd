"""Which processes are alive, as Linux tells."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path


def processes_with(marker: str) -> list[str]:
    """The command lines of living processes that have a text there or in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            said = command + (folder / "environ").read_bytes()
            if command and marker.encode() in said:
                found.append(command.replace(b"\0", b" ").decode("utf-8", "replace"))
    return found


def left_of(marker: str, seconds: float = 5.0) -> list[str]:
    """Those that are still alive after a while, which ends early where there are none."""
    patience = time.monotonic() + seconds
    while (found := processes_with(marker)) and time.monotonic() < patience:
        time.sleep(0.05)
    return found


def without_patience(err: str) -> str:
    """What a process said on standard error, but for the words that depend on how busy all is."""
    lines = err.splitlines(keepends=True)
    return "".join(line for line in lines if not re.fullmatch(r"pezo: .* s so far\n", line))
