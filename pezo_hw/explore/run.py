"""A space measured, by any executor, from where an earlier run has ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import asdict
from functools import cache
from pathlib import Path

from ..errors import PezoError
from ..synth.cache import key_of
from .candidates import Candidate
from .journal import Figures, Journal
from .point import Request, measured

# So many are handed out for each worker: one to work at, others that need not be waited for.
_AHEAD = 4


def measure_all(
    candidates: Sequence[Candidate],
    request: Request,
    executor: Executor,
    *,
    workers: int,
    journal: Journal,
    on_point: Callable[[], object] = lambda: None,
) -> list[Figures]:
    """The figures of every candidate, in order.

    What the journal has is not measured again; the rest is handed to the executor a few at a time
    and kept as soon as it is there. So a run that has ended anywhere goes on where it was, and
    gives what one without an end in between gives.

    Parameters
    ----------
    candidates : sequence of Candidate
        Of a space.
    request : Request
        What is measured of each.
    executor : concurrent.futures.Executor
        Who measures; its workers have the package.
    workers : int
        About how many it has.
    journal : Journal
        What is known, and where the rest is kept.
    on_point : callable
        Called for each candidate, once its figures are known.

    Raises
    ------
    PezoError
        Where a worker died, or the first error of a measurement.
    """
    keys = {candidate.index: key_for(candidate, request) for candidate in candidates}
    left = deque(c for c in candidates if keys[c.index] not in journal.known)
    for _ in range(len(candidates) - len(left)):
        on_point()
    under_way: dict[Future[Figures], Candidate] = {}
    try:
        while left or under_way:
            while left and len(under_way) < _AHEAD * workers:
                candidate = left.popleft()
                under_way[executor.submit(measured, candidate, request)] = candidate
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                candidate = under_way.pop(future)
                journal.add(keys[candidate.index], _result(future, candidate, journal))
                on_point()
    finally:
        _cancel(under_way)
    return [journal.known[keys[candidate.index]] for candidate in candidates]


def key_for(candidate: Candidate, request: Request) -> str:
    """A key from all that decides the figures: configuration, request, and the package itself."""
    return key_of("point", candidate.toml, asdict(request), package_key())


def _result(future: Future[Figures], candidate: Candidate, journal: Journal) -> Figures:
    try:
        return future.result()
    except BrokenExecutor:
        raise PezoError(
            f"a worker died at {candidate.name} or one near it; {len(journal.known):,} results are "
            "kept, and the same command goes on from there"
        ) from None
    except PezoError as error:
        raise PezoError(f"{candidate.name}: {error}") from None


def _cancel(futures: Iterable[Future[Figures]]) -> None:
    for future in futures:
        future.cancel()


@cache
def package_key() -> str:
    """A key of the package's own code: another version may measure otherwise."""
    root = Path(__file__).parents[1]
    files = sorted(root.rglob("*.py"))
    return key_of("package", {str(f.relative_to(root)): f.read_text("utf-8") for f in files})
