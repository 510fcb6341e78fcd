"""Zeroth-order training behind the interface of PyTorch's optimisers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import torch

from .. import training
from ..errors import ConfigError, PezoError
from ..training.gradients import without_gradients
from ..training.parameters import ZOSGDParameters
from ..training.rollback import with_rollback
from ..training.run import Run, StepReport
from ..training.source import PerturbationSource, fingerprint_of
from ..training.sources import find_source
from ..training.weights import Weights

_KEY = "zo_sgd"
# What a group may have of its own, and what `step` therefore reads there.
_OF_GROUPS = ("learning_rate", "weight_decay", "epsilon")


class ZOSGD(torch.optim.Optimizer):
    """`pezo_hw.training.ZOSGD` as a ``torch.optim.Optimizer``.

    Every step evaluates a closure that gives the loss, without gradients, and moves the parameters
    along perturbations of a source. All that is promised there holds: a step is done or never
    was, whatever interrupts it, and a run that is resumed is the same run, bit for bit.

    Groups may have ``lr``, ``weight_decay`` and ``epsilon`` of their own; ``torch.optim``'s
    learning-rate schedulers work, and so does changing a group by hand between two steps.
    Parameters that require no gradient are left alone. As with every optimiser of PyTorch decay
    is of all parameters of a group: give biases and normalisation layers one without.

    Parameters
    ----------
    params : iterable
        Parameters, named parameters or groups, as for every optimiser of PyTorch.
    source : str or PerturbationSource
        Where perturbations come from, or its name (`find_source`).
    lr : float
        eta >= 0, before a scheduler.
    epsilon : float
        Above 0: how far the parameters are moved for a loss.
    weight_decay : float
        At least 0; every step takes lr * weight_decay of a parameter away.
    position : int
        Where in the source the first perturbation starts.
    **settings
        ``queries``, ``momentum``, ``memory``, ``clip``, ``two_sided``, ``choice`` and
        ``exact_restore``, as for `ZOSGDParameters`; they hold for all groups.

    Attributes
    ----------
    report : StepReport or None
        What the last step found.

    Raises
    ------
    PezoError
        For any value that is not allowed.

    Examples
    --------
    >>> import torch
    >>> from pezo_hw.pytorch import ZOSGD
    >>> model = torch.nn.Linear(4, 1)
    >>> x = torch.eye(4)
    >>> optimizer = ZOSGD(model.parameters(), "paper-roberta", lr=1e-2)
    >>> for _ in range(500):
    ...     loss = optimizer.step(lambda: (model(x) - 1).square().mean())
    >>> loss < 1e-3
    True
    """

    def __init__(
        self,
        params: Iterable[Any],
        source: str | PerturbationSource,
        *,
        lr: float = 1e-6,
        epsilon: float = 1e-3,
        weight_decay: float = 0.0,
        position: int = 0,
        **settings: Any,
    ) -> None:
        parameters = _parameters(settings)
        found = find_source(source) if isinstance(source, str) else source
        super().__init__(params, {"lr": lr, "epsilon": epsilon, "weight_decay": weight_decay})
        weights = Weights.of_groups(self.param_groups)
        self._core = training.ZOSGD(weights, found, parameters, position=position)
        self.report: StepReport | None = None

    @property
    def steps_done(self) -> int:
        """Steps done so far."""
        return self._core.steps_done

    @property
    def position(self) -> int:
        """Where the next step's first perturbation starts."""
        return self._core.position

    @property
    def core(self) -> training.ZOSGD:
        """What does the steps, for `begin_log`, `write_log` and checkpoints."""
        return self._core

    @property
    def source(self) -> PerturbationSource:
        """Where perturbations come from."""
        return self._core.source

    def step(self, closure: Callable[[], object] | None = None) -> float:
        """One step; the mean of the losses that it took.

        Parameters
        ----------
        closure : callable
            The loss of the parameters as they stand, on this step's batch, without a backward
            pass; called several times, under ``torch.no_grad()``. Dropout must be off (``eval()``).

        Raises
        ------
        LossError
            Where a loss is not one finite real number. The parameters are as they were.
        PezoError
            Without a closure, or where the parameters cannot be trained.
        """
        if closure is None:
            raise ConfigError("closure", None, "a function that gives the loss")
        self.report = without_gradients(lambda: self._core.step(closure))
        return self.report.loss

    def recover(self) -> None:
        """As of `pezo_hw.training.ZOSGD`: brings parameters back that a step has left moved."""
        self._core.recover()

    def state_dict(self) -> dict[str, Any]:
        """As of every optimiser, with where the run stands; raises PezoError inside a step."""
        state: dict[str, Any] = super().state_dict()
        return state | {_KEY: {"run": dict(self._core.save()), **self._identity()}}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Goes on where ``state_dict`` was taken, once the parameters are as they were then.

        Loaded whole or not at all, whatever interrupts it.

        Raises
        ------
        PezoError
            For the state of another optimiser, source or settings; nothing has changed then.
        """
        before = self._core.save()  # refuses inside a step
        own = state_dict.get(_KEY)
        if not isinstance(own, dict) or "run" not in own:
            raise PezoError(f"state_dict without {_KEY} is not allowed; allowed: one of a ZOSGD")
        for key, mine in self._identity().items():
            if own.get(key) != mine:
                raise ConfigError(key, own.get(key), str(mine))
        saved = Run.of(own["run"]).saved()
        old, done = {"state": self.state, "param_groups": self.param_groups}, [False]

        def load() -> None:
            super(ZOSGD, self).load_state_dict(state_dict)
            self._core.restore(saved)
            done[0] = True

        def put_back() -> None:
            if not done[0]:
                self.__setstate__(old)
                self._core.restore(before)

        with_rollback(load, put_back)

    def __getstate__(self) -> dict[str, Any]:
        """What copies and pickles take along; raises PezoError inside a step."""
        state: dict[str, Any] = super().__getstate__()
        return state | {"_core": self._core, "report": self.report}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """PyTorch puts new groups in the place of the old ones, also when a state is loaded."""
        super().__setstate__(state)
        self._core.weights = Weights.of_groups(self.param_groups)

    def _identity(self) -> dict[str, Any]:
        """What has to be the same for a run to be the same, the groups aside."""
        settings = self._core.parameters.identity()
        for key in _OF_GROUPS:
            del settings[key]
        return {"source": fingerprint_of(self.source), "settings": settings}


def _parameters(settings: dict[str, Any]) -> ZOSGDParameters:
    """The settings of all groups; the groups always have rates of their own."""
    allowed = ("queries", "momentum", "memory", "clip", "two_sided", "choice", "exact_restore")
    for key in settings:
        if key not in allowed:
            raise ConfigError(key, settings[key], f"one of {', '.join(allowed)}")
    return replace(ZOSGDParameters(), **settings)
