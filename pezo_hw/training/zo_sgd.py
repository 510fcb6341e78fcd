"""Zeroth-order stochastic gradient descent: training by forward passes alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from ..checks import integer
from ..errors import ConfigError, PezoError
from ..fast.scale import shortest
from .estimate import estimate
from .loss import LossCall, require_same
from .movers import CopyingMover, mover_of
from .noise import NoiseWatch, StandstillWatch
from .pace import paces_of, terms_of
from .parameters import ZOSGDParameters
from .replay_log import LoggedStep, ReplayLog
from .rollback import insist, with_rollback
from .run import Companion, Run, SavedOptimizer, StepReport
from .source import PerturbationSource
from .tensors import set_raw_bits
from .update import Update
from .weights import Weights


class ZOSGD:
    """Two-sided SPSA with q queries and the update of ZO-SGD (paper, equations 1 and 2).

    With g_i = (L(w + epsilon z_i) - L(w - epsilon z_i)) / (2 epsilon), a step does

        w <- w - eta (1/q sum_i g_i z_i + weight_decay w)

    where the last term is MeZO's and spares biases and normalisation layers. No z is stored: the
    source is asked for each of them again and again. Between steps nothing is remembered but two
    numbers, and with momentum the last few projected gradients, so that a resumed run is the same
    run, bit for bit.

    A step is taken whole or not at all: whatever is raised in it, at whatever instruction, the
    weights are then the bits that they were before it and ``steps_done`` has not moved, or they are
    those after it and ``steps_done`` has.

    Copies and pickles go on by themselves. ``copy.copy`` shares the weights, ``copy.deepcopy`` and
    ``pickle`` do not: copy the model along with the optimiser, in one call.

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
    log : ReplayLog or None
        Is told of every step, where there is one.

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
        if not isinstance(weights, Weights):
            allowed = "Weights(tensors=...) or Weights.of_module(...)"
            raise ConfigError("weights", type(weights).__name__, allowed)
        self.weights = weights
        self.source = source
        self.parameters = parameters
        self._run = Run(step=0, position=integer("position", position, 0))
        self._watch = NoiseWatch()
        self._standstill = StandstillWatch()
        self.log: ReplayLog | None = None

    @property
    def steps_done(self) -> int:
        """Steps taken so far; what the schedule goes by."""
        return self._run.step

    @steps_done.setter
    def steps_done(self, step: int) -> None:
        self.restore(self._run.saved() | {"step": step})

    @property
    def position(self) -> int:
        """Where the next step's first perturbation starts."""
        return self._run.position

    @position.setter
    def position(self, position: int) -> None:
        self.restore(self._run.saved() | {"position": position})

    def step(self, loss: Callable[[], object], companion: Companion | None = None) -> StepReport:
        """One step down the loss.

        Parameters
        ----------
        loss : callable
            L of the weights as they stand, on this step's batch, as one finite real number; called
            2 q times or as the settings say, and the batch must be the same each time. For
            PyTorch, ``torch.no_grad()`` and ``eval()`` are the caller's business.
        companion : Companion or None
            Is updated after the weights, before the step counts; whatever takes the step back
            takes it back as well.

        Raises
        ------
        LossError
            Where a loss is not one finite real number, or leads to an update that is none.
        PezoError
            Where the weights are not, or no longer, what can be trained.

        Warns
        -----
        TrainingWarning
            Once, where the loss draws random numbers or the module is in training mode and has
            what then makes it another function at each call; and where 20 steps in a row have
            moved no weight.
        """
        self._require_idle()
        report = with_rollback(lambda: self._step(loss, companion), self._roll_back)
        self._standstill.after_step(report.changed_share)
        return report

    def recover(self) -> None:
        """Takes back a step that was cut short and could not be taken back by itself.

        That takes at least five interruptions at the very instructions that handle the others, or
        memory that has run out. Nothing happens where no step is under way.
        """
        insist(self._roll_back)

    def save(self) -> SavedOptimizer:
        """Where the run stands; with the weights' bits, all there is to it."""
        self._require_idle()
        return self._run.saved()

    def restore(self, saved: SavedOptimizer) -> None:
        """Go on where ``saved`` was taken, once the weights are as they were then."""
        self._require_idle()
        self._run = Run.of(saved)

    def resume(self, saved: SavedOptimizer, bits: Sequence[NDArray[Any]]) -> None:
        """As `restore`, with the weights' bits: both, or neither.

        Parameters
        ----------
        saved : SavedOptimizer
            Of another optimiser.
        bits : sequence of ndarray
            For each tensor what `raw_bits` gave there, of the same shape.
        """
        self._require_idle()
        with_rollback(lambda: self._resume(Run.of(saved), bits), self._roll_back)

    def __getstate__(self) -> dict[str, Any]:
        """What copies and pickles take along; raises PezoError inside a step."""
        self._require_idle()
        return self.__dict__

    def _require_idle(self) -> None:
        if self._run.mover is not None:
            raise PezoError("a step is under way; allowed after it (if it was cut short: recover)")

    def _roll_back(self) -> None:
        """Undo what is under way; may itself be cut short and called again."""
        run = self._run
        if run.mover is not None:
            run.mover.restore()
            if run.companion is not None:
                run.companion.restore()
            self._run = replace(run, mover=None, companion=None)

    def _step(self, loss: Callable[[], object], companion: Companion | None) -> StepReport:
        run, settings = self._run, self.parameters
        weights = self.weights.current()
        tensors = [weight.tensor for weight in weights]
        mover = mover_of(tensors, self.source, exact=settings.exact_restore)
        watch = self._watch.before_step(run.step, self.weights.module)
        call = LossCall(loss, weights, watch)
        # Until one assignment completes the step, whoever finds this mover takes it back.
        self._run = replace(run, mover=mover, companion=companion)
        paces = paces_of(weights, settings, run.step)
        epsilon = shortest([pace.epsilon for pace in paces])
        found = estimate(mover, call, settings, epsilon, run.position)
        # Before the update: it would go to memory that the module no longer uses.
        require_same(weights, self.weights.current())
        history = (*run.history, found.queries)[-settings.memory :]
        update = Update(mover, terms_of(history, paces, settings.momentum), paces)
        outcome = update.best_of(call, found.here) if settings.choice != "mean" else update.do(1)
        if self.log is not None:  # what it has beyond the steps done does not count
            logged = LoggedStep.of(found.queries, paces, outcome.direction)
            self.log.record(run.step, weights, logged)
        if companion is not None:
            companion.update()
        kept = history if settings.momentum else ()
        self._run = Run(step=run.step + 1, position=found.following, history=kept)
        return StepReport(
            loss=sum(found.losses) / len(found.losses),
            gradients=found.gradients,
            learning_rate=paces[0].rate,
            changed_share=outcome.changed / sum(weight.size for weight in weights),
            direction=outcome.direction,
        )

    def _resume(self, run: Run, bits: Sequence[NDArray[Any]]) -> None:
        tensors = self.weights.tensors
        before = self._run
        # A mover like a step's, so that what is cut short is taken back in the same way.
        mover = CopyingMover(tensors, self.source, exact=True)
        self._run = replace(before, mover=mover)
        for tensor, its_bits in zip(tensors, bits, strict=True):
            set_raw_bits(tensor, its_bits)
        self._run = run
