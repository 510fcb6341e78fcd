"""The lines that the thread of the tests carries out, by coverage.py's tracer.

It is written in C, and ten times as fast as the recorder where Python computes number by number.
What it has found is only kept in memory, so that it is for no process that may be killed.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from coverage.tracer import CFileDisposition, CTracer


class LineSets:
    """What was carried out in each context.

    Parameters
    ----------
    folder : str
        The files of interest have paths that begin so.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._files: dict[str, CFileDisposition | None] = {}
        self._contexts: dict[str, dict[str, set[int]]] = {}
        self._context = ""
        self._tracer: CTracer | None = None

    def start(self) -> None:
        """Trace this thread, from now on; again where something else has taken its place."""
        if self._tracer is not None and sys.gettrace() is self._tracer:
            return
        tracer = self._tracer = CTracer()
        tracer.should_trace = self._should_trace
        tracer.should_trace_cache = self._files
        tracer.trace_arcs = False
        tracer.warn = self._warn
        tracer.check_include = lambda *_: True
        tracer.disable_plugin = tracer.lock_data = tracer.unlock_data = lambda *_: None
        tracer.concur_id_func = tracer.should_start_context = tracer.switch_context = None
        tracer.file_tracers = {}
        self.use(self._context)
        tracer.start()

    def is_tracing(self) -> bool:
        """Whether nothing has taken its place in this thread."""
        return sys.gettrace() is self._tracer

    def use(self, context: str) -> None:
        """Functions that are called from now on belong to this."""
        self._context = context
        if self._tracer is not None:
            self._tracer.data = self._contexts.setdefault(context, {})

    def take(self, context: str) -> dict[str, set[int]]:
        """What was carried out in a context, by file; it begins anew."""
        return self._contexts.pop(context, {})

    def contexts(self) -> list[str]:
        """All of them of which something is known."""
        return list(self._contexts)

    def _should_trace(self, file: str, _: Any) -> CFileDisposition:
        disposition = CFileDisposition()
        disposition.original_filename = disposition.canonical_filename = file
        disposition.source_filename = file
        disposition.file_tracer, disposition.has_dynamic_filename = None, False
        disposition.reason, disposition.trace = "", file.startswith(self._folder)
        return disposition

    def _warn(self, message: str, **_: Any) -> None:
        with suppress(OSError):
            sys.stderr.write(f"{message}\n")
