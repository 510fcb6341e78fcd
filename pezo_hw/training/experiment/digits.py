"""The task: scikit-learn's handwritten digits, which come with the package."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from sklearn.datasets import load_digits

from ..source import hash_of

TRAINING, VALIDATION = 1000, 300
KNOWN_CLASSES = 5


class Part(NamedTuple):
    """Images, float32 from 0 to 1 of shape (N, 64), and labels, int64 of shape (N,)."""

    images: torch.Tensor
    labels: torch.Tensor

    def batch(self, size: int, key: tuple[int, int]) -> Part:
        """``size`` images drawn with replacement; the same key gives the same ones."""
        index = np.random.default_rng(key).integers(0, len(self.labels), size)
        chosen = torch.from_numpy(index)
        return Part(self.images[chosen], self.labels[chosen])


class Digits(NamedTuple):
    """All 1797 digits in a fixed shuffled order, split.

    Attributes
    ----------
    known : Part
        Of the training part the digits 0 to 4, which back-propagation may see.
    training : Part
        1000 digits of all ten classes, for fine-tuning.
    validation : Part
        300, which decide what point of the grid is best.
    test : Part
        The other 497, which the tables are about.
    """

    known: Part
    training: Part
    validation: Part
    test: Part

    @property
    def fingerprint(self) -> str:
        """Of every image and label, and of how they are split."""
        return hash_of(*(tensor.numpy().tobytes() for part in self for tensor in part))


def read_digits() -> Digits:
    """Reads and splits them; nothing is downloaded."""
    pixels, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    images = torch.from_numpy((pixels[order] / 16).astype(np.float32))
    of_images = torch.from_numpy(labels[order].astype(np.int64))
    first, second = TRAINING, TRAINING + VALIDATION
    training = Part(images[:first], of_images[:first])
    is_known = training.labels < KNOWN_CLASSES
    return Digits(
        known=Part(training.images[is_known], training.labels[is_known]),
        training=training,
        validation=Part(images[first:second], of_images[first:second]),
        test=Part(images[second:], of_images[second:]),
    )
