"""What a request to end does: Ctrl-C, SIGTERM, and SIGHUP of a terminal that was closed.

A signal that the process was started to ignore (``nohup``, a job in the background) stays ignored.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

EXIT_INTERRUPTED = 130
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
# For so long nothing interrupts the taking down of what an interruption found under way.
_PATIENCE_SECONDS = 5.0


def leave_when_asked() -> None:
    """Lets a request end the process on the spot: for when nothing is under way."""
    _install(_leave)


def interrupt_when_asked() -> None:
    """Lets a request raise KeyboardInterrupt, so that what is under way is taken down.

    Further requests are not heard for a few seconds, or they would interrupt that.
    """
    last = -_PATIENCE_SECONDS

    def interrupt(_: int, __: FrameType | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PATIENCE_SECONDS:
            last = now
            raise KeyboardInterrupt

    _install(interrupt)


@contextmanager
def requests_wait() -> Iterator[None]:
    """Requests that come within the block are heard at its end.

    A process that is started within it is deaf to them, until it calls `never_ask`.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, map(_number, _SIGNALS))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def never_ask() -> None:
    """Has requests ignored from now on, by a process whose end is another's concern."""
    for number in map(_number, _SIGNALS):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, map(_number, _SIGNALS))


def _number(name: str) -> int:
    return int(getattr(signal, name))


def _install(handler: Callable[[int, FrameType | None], None]) -> None:
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _leave(_: int, __: FrameType | None) -> None:
    with suppress(OSError):
        os.write(2, b"pezo: interrupted\n")
    os._exit(EXIT_INTERRUPTED)
