"""A step of ElasticZO: the body by zeroth-order SGD, the head by an optimiser of PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import ConfigError
from ..gradients import with_gradients, without_gradients
from ..parameters import ZOSGDParameters
from ..run import StepReport
from ..source import PerturbationSource
from ..weights import Weights
from ..zo_sgd import ZOSGD
from .head_step import HeadStep


class ElasticZO:
    """Trains a model in two parts on the same two losses.

    The body, whose activations are never kept, is moved to w + epsilon z and to w - epsilon z as by
    `ZOSGD`. On either side the head is differentiated for what the body puts out there, so that its
    gradient is that of the mean of the losses, and costs no forward pass of its own.

    A step is done or never was, of both parts, whatever interrupts it at whatever instruction: the
    body, the head and its buffers, and the state of the head's optimiser are what they were before
    it, or what they are after it. For that a copy of the head and of that state is there while a
    step is under way.

    Parameters
    ----------
    body : torch.nn.Module
        The first layers; those of its parameters that require a gradient are trained.
    head : torch.nn.Module
        The last layers.
    optimizer : torch.optim.Optimizer
        Of the head's parameters; its gradients are set to None at the beginning of every step.
    source : PerturbationSource
        Where the z come from.
    parameters : ZOSGDParameters
        Of the body; ``choice`` must be ``"mean"``, whose losses are all beside the weights.
    position : int
        Where the first perturbation starts.

    Attributes
    ----------
    zo : ZOSGD
        Of the body.

    Raises
    ------
    ConfigError
        For another ``choice``, or an optimiser that holds a parameter of the body.

    Examples
    --------
    >>> import torch
    >>> from pezo_hw.training import ZOSGDParameters
    >>> from pezo_hw.training.elastic.elastic_zo import ElasticZO
    >>> from pezo_hw.training.sources import find_source
    >>> _ = torch.manual_seed(0)
    >>> body = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh())
    >>> head = torch.nn.Linear(8, 1)
    >>> sgd = torch.optim.SGD(head.parameters(), 0.1)
    >>> settings = ZOSGDParameters(learning_rate=1e-2)
    >>> elastic = ElasticZO(body, head, sgd, find_source("paper-roberta"), settings)
    >>> x = torch.eye(4)
    >>> for _ in range(100):
    ...     report = elastic.step(x, lambda out: (out - 1).square().mean())
    >>> report.loss < 0.01
    True
    """

    def __init__(
        self,
        body: Any,
        head: Any,
        optimizer: Any,
        source: PerturbationSource,
        parameters: ZOSGDParameters,
        *,
        position: int = 0,
    ) -> None:
        if parameters.choice != "mean":
            raise ConfigError("choice", parameters.choice, '"mean" with a head')
        of_body = {id(parameter) for parameter in body.parameters()}
        of_head = [p for group in optimizer.param_groups for p in group["params"]]
        if any(id(parameter) in of_body for parameter in of_head):
            raise ConfigError("optimizer", "one of the body's parameters", "the head's alone")
        self.body, self.head, self.optimizer = body, head, optimizer
        self.zo = ZOSGD(Weights.of_module(body), source, parameters, position=position)
        sides = 2 * parameters.queries if parameters.two_sided else parameters.queries + 1
        self._share = 1 / sides

    def step(self, inputs: Any, loss: Callable[[Any], Any]) -> StepReport:
        """One step of both parts.

        Parameters
        ----------
        inputs : torch.Tensor
            What the body is called with: this step's batch.
        loss : callable
            L of what the head puts out, a tensor of one element with a graph; called once for each
            side.

        Raises
        ------
        LossError
            Where a loss is not one finite real number; neither part has moved then.
        PezoError
            As of `ZOSGD.step`.
        """
        self.zo.save()  # refuses inside a step, whose gradients would be gone
        head = HeadStep(self.head, self.optimizer)
        return without_gradients(lambda: self.zo.step(lambda: self._side(inputs, loss), head))

    def recover(self) -> None:
        """As of `ZOSGD.recover`, for both parts."""
        self.zo.recover()

    def _side(self, inputs: Any, loss: Callable[[Any], Any]) -> float:
        """The loss of the body as it stands; the head's share of the gradient is added up."""
        features = self.body(inputs)
        return with_gradients(lambda: self._from(features, loss))

    def _from(self, features: Any, loss: Callable[[Any], Any]) -> float:
        value = loss(self.head(features))
        (value * self._share).backward()
        return float(value.detach())
