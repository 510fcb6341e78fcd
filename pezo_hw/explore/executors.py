"""Who measures: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from ..errors import PezoError
from ..tools.interruption import never_ask, requests_wait
from .run import package_key

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE_SECONDS = 10


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """So many processes of this machine, gone at the end of the block, whatever they are at.

    None outlives this process, not even where it is killed: each waits for the end of a pipe whose
    other end nobody else has.
    """
    # A fork of a process with threads may stand still, so each begins anew.
    context = multiprocessing.get_context("spawn")
    watched, held = context.Pipe(duplex=False)
    with held, watched:
        with requests_wait():  # for the tracker of semaphores, which is started here
            pool = _Processes(
                workers, mp_context=context, initializer=_prepare, initargs=(watched,)
            )
        try:
            yield pool
        except BaseException:
            held.close()  # ends them on the spot
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Processes(ProcessPoolExecutor):
    """Its processes begin deaf to interruptions, which a terminal sends to all of a group.

    Without that, one that is still at its imports would end with a traceback.
    """

    def submit(self, *call: Any, **named: Any) -> Future[Any]:
        """As its parent's; a process is started where one is wanting."""
        with requests_wait():
            return super().submit(*call, **named)


def _prepare(watched: Connection) -> None:
    """In a worker: interruptions are for the process that started it, whose end is its own."""
    never_ask()
    threading.Thread(target=_end_with, args=(watched,), daemon=True).start()


def _end_with(watched: Connection) -> None:
    watched.poll(None)
    os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler, with their number; they go on when the block ends.

    What a worker was at when it died is given to another one.

    Parameters
    ----------
    address : str
        Such as ``tcp://10.0.0.1:8786``; the workers have this package.

    Raises
    ------
    PezoError
        Where nobody answers there, it has no workers, one has another version of the package or
        none, or Dask is not installed.
    """
    try:
        from distributed import Client
    except ImportError:
        raise PezoError('--scheduler needs Dask; allowed: pip install "pezo-hw[cluster]"') from None
    try:
        client = Client(address, timeout=_PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        allowed = "the address of a running Dask scheduler, such as tcp://10.0.0.1:8786"
        reason = str(error).partition("\n")[0] or "no answer"
        raise PezoError(f"--scheduler {address}: {reason}; allowed: {allowed}") from None
    with client:
        _check_workers(client, address)
        yield client.get_executor(pure=False), sum(client.nthreads().values())


def _check_workers(client: Client, address: str) -> None:
    try:
        keys = client.run(package_key)
    except ImportError as error:
        keys = {str(error): None}
    others = sorted(worker for worker, key in keys.items() if key != package_key())
    if others or not keys:
        found = f"{others[0]} is not of this package" if others else "it has no workers"
        allowed = "workers that have this very version of the package"
        raise PezoError(f"--scheduler {address}: {found}; allowed: {allowed}")
