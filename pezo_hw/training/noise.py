"""Losses that are not the same function twice, and steps that lead nowhere."""

from __future__ import annotations

import pickle
import random
import sys
import warnings
from typing import Any

import numpy as np

from ..errors import TrainingWarning

_FIRST_STEPS = 2
_EVERY = 64
_STANDSTILL = 20


class NoiseWatch:
    """Warns once, where the two losses of a step differ by more than the weights.

    A module in training mode is looked at when it gets there. Whatever else draws random numbers
    in a loss, it leaves a global generator elsewhere after the second loss than after the first,
    unless the loss seeds it; that is compared at the first steps and now and then.
    """

    def __init__(self) -> None:
        self._has_warned = False
        self._was_training = False
        self._states: bytes | None = None

    def before_step(self, step: int, module: Any) -> NoiseWatch | None:
        """Looks at a module (None: there is none); itself where it wants to hear of the losses."""
        is_training = module is not None and module.training
        if is_training and not self._was_training:
            self._warn_of(_noisy_part(module))
        self._was_training = is_training
        self._states = None
        is_due = step < _FIRST_STEPS or step % _EVERY == 0
        return self if is_due and not self._has_warned else None

    def after_loss(self) -> None:
        """Compares the generators with where they were after the loss before, in this step."""
        states = _random_states()
        if self._states is not None and states != self._states:
            self._warn_of("the loss draws random numbers")
        self._states = states

    def _warn_of(self, what: str | None) -> None:
        if what is None or self._has_warned:
            return
        self._has_warned = True
        message = f"{what}: the two losses of a step are not of the same function (eval()?)"
        warnings.warn(message, TrainingWarning, stacklevel=2)


class StandstillWatch:
    """Warns once so many steps in a row have moved no weight."""

    def __init__(self) -> None:
        self._idle_steps = 0

    def after_step(self, changed_share: float) -> None:
        """Counts a step, by the share of the weights that it has changed."""
        self._idle_steps = 0 if changed_share else self._idle_steps + 1
        if self._idle_steps == _STANDSTILL:
            message = (
                f"{_STANDSTILL} steps in a row have moved no weight: the updates are below the "
                "weights' last places, or the loss is not of these weights"
            )
            warnings.warn(message, TrainingWarning, stacklevel=4)


def _noisy_part(module: Any) -> str | None:
    """What makes a module in training mode another function at each call, or changes it."""
    from torch import nn

    for name, part in module.named_modules():
        drops = getattr(part, "p", 0) if isinstance(part, nn.modules.dropout._DropoutNd) else 0
        if isinstance(part, (nn.MultiheadAttention, nn.RNNBase)):
            drops = part.dropout
        runs = isinstance(part, nn.modules.batchnorm._NormBase) and part.track_running_stats
        if part.training and (drops or runs or isinstance(part, nn.RReLU)):
            return f"the module is in training mode and has {type(part).__name__} ({name or 'it'})"
    return None


def _random_states() -> bytes:
    """Where the global generators of Python, NumPy and PyTorch are."""
    states: list[Any] = [random.getstate(), np.random.get_state()]
    torch = sys.modules.get("torch")
    if torch is not None:
        states.append(torch.get_rng_state().numpy())
        if torch.cuda.is_initialized():
            states += [state.numpy() for state in torch.cuda.get_rng_state_all()]
    return pickle.dumps(states)
