"""The cross-entropy of integer logits, and what it says of each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, Sums, requantise, rounded_shift
from .powers import LOG_BITS, POWER_BITS, logarithm, power_of_two

LOG2_E = 24_204_406
"""log2(e) * 2^24 to nearest: what makes 2^y of e^x."""
_LOG2_E_BITS = 24
_MOST_PLACES = 62
# In bits: e^x of a logit so far below the largest is 0 long before.
_LOWEST = -(1 << 20 + LOG_BITS)


def losses(logits: Sums, labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """-log2 of the softmax at each label, in units of 2^-20; shape (N,).

    With y = x log2(e) it is log2(sum 2^(y_j - y_max)) - (y_label - y_max), within 8 units of what
    real arithmetic makes of the same logits, as long as they are not a million bits apart.

    Parameters
    ----------
    logits : Sums
        Shape (N, classes), in nats.
    labels : ndarray of integers, shape (N,)
        From 0 on.
    """
    exponents = _exponents(logits)
    total = power_of_two(exponents).sum(1)
    of_label = np.take_along_axis(exponents, labels.astype(np.int64)[:, np.newaxis], 1)[:, 0]
    result: NDArray[np.int64] = logarithm(total) - of_label
    return result


def sign_of_difference(plus: int, minus: int) -> int:
    """-1, 0 or 1: which way the loss rises from w - u to w + u."""
    return (plus > minus) - (plus < minus)


def errors(logits: Sums, labels: NDArray[np.integer]) -> Block:
    """The gradient of each loss, in nats, for its logits: the softmax, less one at the label.

    In 8 bits with one exponent for the batch, shape (N, classes).
    """
    powers = power_of_two(_exponents(logits))
    # Both factors are below 2^25 and 2^29, so that the product is no overflow.
    softmax = (powers << POWER_BITS) // powers.sum(1, keepdims=True)
    softmax[np.arange(len(labels)), labels] -= 1 << POWER_BITS
    return requantise(Sums(values=softmax.astype(np.int32), exponent=-POWER_BITS))


def _exponents(logits: Sums) -> NDArray[np.int64]:
    """(x - x_max) log2(e) of every logit, in units of 2^-20, none above 0."""
    values = logits.values.astype(np.int64)
    products = (values - values.max(1, keepdims=True)) * LOG2_E
    places = _LOG2_E_BITS - LOG_BITS - logits.exponent
    if places >= 0:
        found = rounded_shift(products, min(places, _MOST_PLACES))
    else:
        left = min(-places, _MOST_PLACES)
        found = np.maximum(products, _LOWEST >> left) << left
    return np.maximum(found, _LOWEST)
