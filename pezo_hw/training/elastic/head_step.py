"""A step of an optimiser of PyTorch that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from ..tensors import Snapshot


class HeadStep:
    """What the last layers' optimiser does in a step of ElasticZO; a `Companion`.

    From here until the step counts there are copies of whatever it may change: the parameters, the
    optimiser's state of each (momentum, moments, counters), its groups, and the layers' buffers.

    Parameters
    ----------
    head : torch.nn.Module
        The last layers; of a batch norm the statistics change with each loss.
    optimizer : torch.optim.Optimizer
        Of their parameters; its gradients are None from here on.
    """

    def __init__(self, head: Any, optimizer: Any) -> None:
        self._optimizer = optimizer
        self._state = _contents(dict(optimizer.state))
        self._groups = [_contents(group) for group in optimizer.param_groups]
        found = [*_tensors([self._state, self._groups]), *head.buffers()]
        # One that is held in two places is copied once.
        self._before = Snapshot(list({id(tensor): tensor for tensor in found}.values()))
        optimizer.zero_grad(set_to_none=True)

    def update(self) -> None:
        """The optimiser's step, by the gradients that the losses have added up."""
        self._optimizer.step()

    def restore(self) -> None:
        """Parameters, state, groups and buffers as they were; no gradient is left.

        May be cut short anywhere and called again: what it reads is never changed.
        """
        self._before.restore()
        _refill(self._optimizer.state, self._state)
        for group, before in zip(self._optimizer.param_groups, self._groups, strict=True):
            _refill(group, before)
        self._optimizer.zero_grad(set_to_none=True)


def _contents(value: Any) -> Any:
    """The same tensors and numbers in containers of their own."""
    if isinstance(value, dict):
        return {key: _contents(item) for key, item in value.items()}
    return [_contents(item) for item in value] if isinstance(value, list) else value


def _tensors(value: Any) -> Iterator[Any]:
    """Every tensor in such containers, keys aside."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _tensors(item)


def _refill(container: dict[Any, Any], contents: dict[Any, Any]) -> None:
    container.clear()
    container.update(_contents(contents))
