"""A loss as one finite number, of the weights as they are now."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import zip_longest
from math import isfinite, nan
from numbers import Real
from typing import Any

import numpy as np

from ..errors import ConfigError, PezoError
from ..fast.weights import is_torch
from .noise import NoiseWatch
from .weight import Weight

_LARGEST_FACTOR = float(np.finfo(np.float32).max)


class LossError(ConfigError):
    """A loss, or what follows from two of them, is no number that a step could be taken with.

    The weights are as they were before the step, and the step does not count.
    """

    def __init__(self, key: str, value: object) -> None:
        super().__init__(key, value, "one finite real number (the step is taken back)")


class LossCall:
    """A caller's loss during one step.

    Before each call the copies of the weights that ``torch.autocast`` has made are forgotten;
    after it the weights must still lie where they lay.

    Parameters
    ----------
    loss : callable
        The caller's.
    weights : sequence of Weight
        What is moved under it.
    watch : NoiseWatch or None
        Told of every call.
    """

    def __init__(
        self, loss: Callable[[], object], weights: Sequence[Weight], watch: NoiseWatch | None
    ) -> None:
        self._loss = loss
        self._weights = weights
        self._watch = watch

    def __call__(self) -> float:
        """The loss now.

        Raises
        ------
        LossError
            Where it is not one finite real number: Python's, NumPy's, or an array or tensor of
            one element.
        PezoError
            Where the loss has moved, retyped or resized a weight.
        """
        _forget_casts()
        value = self._loss()
        for weight in self._weights:
            if not weight.is_in_place():
                raise _relocation(weight.name)
        number = _number(value)
        if not isfinite(number):
            raise LossError("loss", _description(value))
        if self._watch is not None:
            self._watch.after_loss()
        return number


def finite(what: str, factor: float) -> float:
    """A factor of weights or of z; raises LossError where float32 cannot hold it."""
    if not isfinite(factor) or abs(factor) > _LARGEST_FACTOR:
        raise LossError(what, factor)
    return factor


def require_same(before: Sequence[Weight], now: Sequence[Weight]) -> None:
    """Checks that weights looked at again are the very memory that they were.

    Raises
    ------
    PezoError
        Naming the first that is not.
    """
    for one, other in zip_longest(before, now):
        if one is None or other is None or not one.is_same(other):
            raise _relocation((one or other).name)


def _relocation(name: str) -> PezoError:
    what = "was moved, retyped, replaced or frozen while its loss was computed"
    return PezoError(f"{name} {what}; allowed: between two steps")


def _forget_casts() -> None:
    """Inside ``torch.autocast`` a weight is cast once and then read from a cache."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.clear_autocast_cache()


def _number(value: object) -> float:
    """The value as a float, NaN where it is not one real number."""
    if is_torch(value) or isinstance(value, np.ndarray):
        value = _only_element(value)
    if not isinstance(value, Real) or isinstance(value, bool):
        return nan
    try:
        return float(value)
    except OverflowError:
        return nan


def _only_element(array: Any) -> object:
    if is_torch(array):
        array = array.detach()
        return array.item() if array.numel() == 1 and array.device.type != "meta" else None
    return array.item() if array.size == 1 else None


def _description(value: object) -> object:
    shape = getattr(value, "shape", ())
    if tuple(shape):
        return f"{type(value).__name__} of shape {tuple(shape)}"
    return value
