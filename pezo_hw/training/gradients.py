"""Work with or without PyTorch's record for gradients, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Callable

import torch

from .rollback import Result, with_rollback


def without_gradients(work: Callable[[], Result]) -> Result:
    """The result of ``work`` under ``torch.no_grad()``; afterwards the mode is what it was.

    With a ``with``, an exception that comes between the end of its body and that of the mode (an
    interruption is one) leaves the mode behind: nothing in the process then learns any more.

    Parameters
    ----------
    work : callable
        Run once, in this thread.

    Examples
    --------
    >>> import torch
    >>> from pezo_hw.training.gradients import without_gradients
    >>> without_gradients(torch.is_grad_enabled), torch.is_grad_enabled()
    (False, True)
    """
    return _in_mode(False, work)


def with_gradients(work: Callable[[], Result]) -> Result:
    """The result of ``work`` under ``torch.enable_grad()``; else as `without_gradients`."""
    return _in_mode(True, work)


def _in_mode(is_enabled: bool, work: Callable[[], Result]) -> Result:
    before = torch.is_grad_enabled()

    def in_mode() -> Result:
        torch.set_grad_enabled(is_enabled)
        result = work()
        torch.set_grad_enabled(before)
        return result

    def put_back() -> None:
        torch.set_grad_enabled(before)

    return with_rollback(in_mode, put_back)
