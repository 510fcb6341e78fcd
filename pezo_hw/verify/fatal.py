"""What a simulation said as it gave up."""

from __future__ import annotations

import re

# Icarus has file and line before the words, Verilator the scope as well; a model that shows its
# words itself, since Verilator may stop before it shows those of $fatal, has neither.
_FATAL = re.compile(
    r"^(?:Fatal|FATAL: \S+:\d+|\[\d+\] %Fatal: \S+:\d+: Assertion failed in \S+): (?P<words>\S.*)$",
    re.MULTILINE,
)


def fatal_words(log: str) -> str:
    """The words of the first ``$fatal`` in a simulator's log; empty where there was none."""
    found = _FATAL.search(log)
    return found["words"].strip() if found is not None else ""
