"""Zeroth-order stochastic gradient descent: training by forward passes alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from ..checks import integer
from .parameters import ZOSGDParameters
from .source import PerturbationSource
from .two_sided import two_sided
from .weights import Weights


class SavedOptimizer(TypedDict):
    """What `ZOSGD.save` gives, the weights aside: plain numbers, fit for JSON."""

    step: int
    position: int


@dataclass(frozen=True, kw_only=True)
class StepReport:
    """What one step found.

    Attributes
    ----------
    loss : float
        The mean of the 2 q losses; not finite where the run has diverged.
    gradients : tuple of float
        The projected gradient along each of the q perturbations.
    learning_rate : float
        eta, schedule included.
    """

    loss: float
    gradients: tuple[float, ...]
    learning_rate: float


class ZOSGD:
    """Two-sided SPSA with q queries and the update of ZO-SGD (paper, equations 1 and 2).

    With g_i = (L(w + epsilon z_i) - L(w - epsilon z_i)) / (2 epsilon), a step does

        w <- w - eta (1/q sum_i g_i z_i + weight_decay w)

    where the last term is MeZO's and spares biases and normalisation layers. No z is stored: the
    source is asked for each of them again and again. Between steps nothing is remembered but two
    numbers, so that a resumed run is the same run, bit for bit.

    Parameters
    ----------
    weights : Weights
        Changed in place by `step`.
    source : PerturbationSource
        Where the z come from.
    parameters : ZOSGDParameters
        The settings.
    position : int
        Where the first perturbation starts.

    Attributes
    ----------
    steps_done : int
        Steps taken so far; what the schedule goes by.
    position : int
        Where the next step's first perturbation starts.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters
    >>> from pezo_hw.training.sources import find_source
    >>> w = np.ones(8, np.float32)
    >>> settings = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-3)
    >>> optimizer = ZOSGD(Weights(tensors=[w]), find_source("paper-roberta"), settings)
    >>> for _ in range(300):
    ...     report = optimizer.step(lambda: float(np.sum(w**2)))
    >>> optimizer.steps_done, report.loss < 0.1
    (300, True)
    """

    def __init__(
        self,
        weights: Weights,
        source: PerturbationSource,
        parameters: ZOSGDParameters,
        *,
        position: int = 0,
    ) -> None:
        self.weights = weights
        self.source = source
        self.parameters = parameters
        self.steps_done = 0
        self.position = integer("position", position, 0)

    def step(self, loss: Callable[[], float]) -> StepReport:
        """One step down the loss.

        Parameters
        ----------
        loss : callable
            L of the weights as they stand, on this step's batch; called 2 q times, and the batch
            must be the same each time. For PyTorch, ``torch.no_grad()`` and ``eval()`` are the
            caller's business. If it raises, the weights are put back and no step is counted.
        """
        rate = self.parameters.learning_rate_at(self.steps_done)
        positions, gradients, losses = [self.position], [], []
        epsilon = self.parameters.epsilon
        for _ in range(self.parameters.queries):
            plus, minus, following = two_sided(
                loss,
                self.weights.tensors,
                self.source,
                epsilon=epsilon,
                position=positions[-1],
                exact=self.parameters.exact_restore,
            )
            gradients.append((plus - minus) / (2 * epsilon))
            losses += [plus, minus]
            positions.append(following)
        self._update(rate, positions[:-1], gradients)
        self.steps_done += 1
        self.position = positions[-1]
        mean = sum(losses) / len(losses)
        return StepReport(loss=mean, gradients=tuple(gradients), learning_rate=rate)

    def save(self) -> SavedOptimizer:
        """Where the run stands; with the weights' bits, all there is to it."""
        return SavedOptimizer(step=self.steps_done, position=self.position)

    def restore(self, saved: SavedOptimizer) -> None:
        """Go on where ``saved`` was taken, once the weights are as they were then."""
        step = integer("step", saved["step"], 0)
        self.position = integer("position", saved["position"], 0)
        self.steps_done = step

    def _update(self, rate: float, positions: list[int], gradients: list[float]) -> None:
        if self.parameters.weight_decay:
            self.weights.decay_(rate * self.parameters.weight_decay)
        for position, gradient in zip(positions, gradients, strict=True):
            share = -rate * gradient / len(gradients)
            self.source.add_(self.weights.tensors, share, position)
