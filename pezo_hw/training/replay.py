"""Training weights again from a log, without a loss."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import PezoError
from .movers import Mover, mover_of
from .pace import terms_of
from .replay_log import LoggedStep, LogHead, ReplayLog, bits_of, layout_of
from .rollback import with_rollback
from .run import Queries
from .source import PerturbationSource, fingerprint_of
from .sources import find_source
from .tensors import Snapshot
from .update import Update
from .weights import Weights
from .zo_sgd import ZOSGD


def begin_log(optimizer: ZOSGD) -> ReplayLog:
    """Starts a log of what an optimiser does from now on; it becomes ``optimizer.log``.

    Raises
    ------
    PezoError
        With ``exact_restore = False``, whose drift no log could lead through, or inside a step.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, begin_log, replay
    >>> from pezo_hw.training.sources import find_source
    >>> w, again = np.ones(8, np.float32), np.ones(8, np.float32)
    >>> settings = ZOSGDParameters(learning_rate=1e-2)
    >>> optimizer = ZOSGD(Weights(tensors=[w]), find_source("paper-roberta"), settings)
    >>> log = begin_log(optimizer)
    >>> for _ in range(20):
    ...     report = optimizer.step(lambda: float(np.sum(w**2)))
    >>> replay(log, Weights(tensors=[again]))
    >>> again.tobytes() == w.tobytes()
    True
    """
    saved, settings = optimizer.save(), optimizer.parameters
    if not settings.exact_restore:
        raise PezoError("exact_restore = false is not allowed with a log; allowed: true")
    weights = optimizer.weights.current()
    history = tuple(
        tuple((int(at), float(gradient)) for at, gradient in queries)
        for queries in saved.get("history", [])
    )
    head = LogHead(
        source=optimizer.source.name,
        fingerprint=fingerprint_of(optimizer.source),
        layout=layout_of(weights),
        begin=bits_of(weights),
        first_step=saved["step"],
        momentum=settings.momentum,
        memory=settings.memory,
        history=history,
    )
    optimizer.log = ReplayLog(head)
    return optimizer.log


def replay(
    log: ReplayLog,
    weights: Weights,
    source: PerturbationSource | None = None,
    *,
    on_step: Callable[[], None] = lambda: None,
) -> None:
    """Does all steps of a log again; nothing but the perturbations is computed.

    The weights become those that the run had, bit for bit, or stay as they are.

    Parameters
    ----------
    log : ReplayLog
        Of a run, or of `read_log`.
    weights : Weights
        As they were when the log began.
    source : PerturbationSource or None
        None to find it by its name.
    on_step : callable
        Called after each step.

    Raises
    ------
    PezoError
        For another source or other weights than the log's, or where others come out.
    """
    source = find_source(log.head.source) if source is None else source
    current = weights.current()
    log.require_source(source)
    _require("types and sizes of the weights", layout_of(current), log.head.layout)
    _require("weights", bits_of(current), log.head.begin)
    tensors = [weight.tensor for weight in current]
    before = Snapshot(tensors)
    done = [False]

    def work() -> None:
        history = log.head.history
        for logged in log.steps:
            history = (*history, logged.queries)[-log.head.memory :]
            mover = mover_of(tensors, source, exact=True)
            _do_again(logged, history, mover, log.head.momentum, len(tensors))
            on_step()
        if log.end is not None:
            _require("trained weights", bits_of(current), log.end)
        done[0] = True

    with_rollback(work, lambda: None if done[0] else before.restore())


def _do_again(
    logged: LoggedStep, history: tuple[Queries, ...], mover: Mover, momentum: float, count: int
) -> None:
    paces = logged.paces(count)
    remembered = history if momentum else history[-1:]
    if logged.direction:
        Update(mover, terms_of(remembered, paces, momentum), paces).do(logged.direction)


def _require(what: str, found: str, expected: str) -> None:
    if found != expected:
        raise PezoError(f"{what} = {found} is not allowed; allowed: {expected}, as in the log")
