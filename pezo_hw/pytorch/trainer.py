"""Zeroth-order training in Hugging Face's ``Trainer``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from ..errors import ConfigError, PezoError
from ..training.source import PerturbationSource
from .optimizer import ZOSGD


class TrainerZOSGD(ZOSGD):
    """The optimiser of `ZOTrainerMixin`, which does its step where the batches are.

    ``Trainer`` calls ``step()`` after that, without a closure, for schedulers and callbacks: that
    call only confirms the step.
    """

    _done = False

    def step(self, closure: Callable[[], object] | None = None) -> float:
        """With a closure the step; without one the confirmation of it.

        Raises
        ------
        PezoError
            For a confirmation of nothing.
        """
        if closure is not None:
            loss = super().step(closure)
            self._done = True
            return loss
        if not self._done or self.report is None:
            raise PezoError("optimizer.step() without a step is not allowed; allowed: after one")
        self._done = False
        return self.report.loss


class ZOTrainerMixin:
    """Makes a ``transformers.Trainer`` train by forward passes alone.

    ``class ZOTrainer(ZOTrainerMixin, Trainer): pass``; everything else stays as it is: arguments,
    data, the learning-rate scheduler, weight decay, callbacks, checkpoints, PEFT. The model runs in
    ``eval()`` mode, since dropout would make the two losses of a step two functions; no gradient
    is computed or stored. With gradient accumulation the batches of a step are held, and each loss
    of the step goes through all of them. A run resumed from a checkpoint is the same run, bit for
    bit.

    Parameters
    ----------
    source : str or PerturbationSource
        As for `ZOSGD`.
    zo : dict or None
        ``epsilon``, ``queries`` and what else `ZOSGD` takes but ``lr`` and ``weight_decay``, which
        come from the arguments of the training.
    *args, **kwargs
        As of ``Trainer``.

    Raises
    ------
    PezoError
        For what is not possible: fp16 with its scaler, several devices.
    """

    # What the Trainer that it is mixed into has.
    args: Any
    accelerator: Any
    optimizer: Any
    compute_loss: Any
    compute_loss_context_manager: Any
    compute_loss_func: Any
    model_accepts_loss_kwargs: bool
    _prepare_inputs: Any

    def __init__(
        self,
        *args: Any,
        source: str | PerturbationSource = "paper-roberta",
        zo: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if kwargs.get("optimizers", (None, None))[0] is not None:
            raise ConfigError("optimizers", "an optimiser", "none: source and zo make it")
        self._zo = {"source": source, **(zo or {})}
        self._held: list[tuple[Any, Any]] = []
        super().__init__(*args, **kwargs)
        self._refuse_what_cannot_be()
        own = {"lr": self.args.learning_rate, **self._zo}
        self.optimizer_cls_and_kwargs = (TrainerZOSGD, own)

    def train(self, *args: Any, **kwargs: Any) -> Any:
        """As of ``Trainer``; batches of a step that was cut short before it began are let go of."""
        self._held = []
        return super().train(*args, **kwargs)  # type: ignore[misc]

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
        """Holds a batch; at the last one of a step does the step, and gives its loss."""
        model.eval()
        self._held.append((self._prepare_inputs(inputs), num_items_in_batch))
        if not self.accelerator.sync_gradients:
            return torch.zeros((), device=self.args.device)
        held, self._held = self._held, []
        loss = unwrapped(self.optimizer).step(lambda: self._loss_of(model, held))
        return torch.tensor(loss, device=self.args.device)

    def _loss_of(self, model: Any, held: list[tuple[Any, Any]]) -> Any:
        """Over all batches of a step, each counted as ``Trainer`` counts it."""
        losses = []
        for inputs, items in held:
            with self.compute_loss_context_manager():
                loss = self.compute_loss(model, dict(inputs), num_items_in_batch=items)
            losses.append(loss.double() / (1 if self._is_scaled(items) else len(held)))
        return sum(losses)

    def _is_scaled(self, items: Any) -> bool:
        """Whether a loss is already a share of the whole step's."""
        said = getattr(self, "loss_is_scaled_for_ga", None)
        if said is not None:
            return bool(said)
        counted = self.model_accepts_loss_kwargs and items is not None
        return bool(counted or self.compute_loss_func is not None)

    def _refuse_what_cannot_be(self) -> None:
        if self.args.fp16:
            raise ConfigError("fp16", True, "bf16, or a model in half precision")
        if self.args.world_size > 1 or self.args.n_gpu > 1:
            found = max(self.args.world_size, self.args.n_gpu)
            raise ConfigError("devices", found, "1 (CUDA_VISIBLE_DEVICES names it)")


def unwrapped(optimizer: Any) -> Any:
    """An optimiser out of what accelerate has wrapped it in."""
    while not isinstance(optimizer, torch.optim.Optimizer) or hasattr(optimizer, "optimizer"):
        optimizer = optimizer.optimizer
    return optimizer
