"""What is done for sure, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_NESTED = 4
_PATIENCE = 1000


def with_rollback(work: Callable[[], Result], roll_back: Callable[[], None]) -> Result:
    """The result of ``work``; whatever it raises is raised once ``roll_back`` is through.

    An exception may come at any instruction, also at those of a handler, where no ``try`` of the
    same function sees it. So four handlers lie around each other, and each of them survives one
    interruption outside of its own ``try``; inside, `insist` survives a thousand.

    Parameters
    ----------
    work : callable
        Run once.
    roll_back : callable
        As for `insist`; called again by every handler, and to do nothing once it has been through
        or ``work`` is complete.
    """
    return _within(_NESTED, work, roll_back)


def insist(action: Callable[[], None]) -> None:
    """Runs an action until it gets through, and only then raises what got into its way.

    Parameters
    ----------
    action : callable
        May be cut short at any instruction and is then run again, a thousand times at most: memory
        that has run out, say, does not come back by itself.
    """
    late: BaseException | None = None
    for _ in range(_PATIENCE):
        try:
            action()
            break
        except BaseException as error:
            late = error
    if late is not None:
        raise late


def _within(handlers: int, work: Callable[[], Result], roll_back: Callable[[], None]) -> Result:
    try:
        return _within(handlers - 1, work, roll_back) if handlers else work()
    except BaseException:
        insist(roll_back)
        raise
