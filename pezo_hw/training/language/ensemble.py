"""Many runs of zeroth-order training at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from ..gradients import without_gradients
from .encoder import Encoded
from .perturbations import Perturbations
from .splits import Split
from .suffix import Suffix

# A prime: no stream's period divides it.
APART = 1_000_003


@dataclass(frozen=True, kw_only=True)
class Line:
    """Runs that differ in nothing but the learning rate: they have the same z and the same texts.

    Attributes
    ----------
    perturbations : Perturbations
        Where z comes from.
    seed : int
        Decides where in the source the first perturbation starts, and the batches.
    split : Split
        The seed's texts.
    """

    perturbations: Perturbations
    seed: int
    split: Split


class Ensemble:
    """G lines at L rates: R = G * L runs of ZO-SGD, each as if it were alone.

    A step of a run is ``w <- w - eta g z`` with ``g = (L(w + eps z) - L(w - eps z)) / (2 eps)``, as
    of `ZOSGD` with exact restore: both losses are of sums beside the weights, which stay as they
    are. eta falls linearly to 0. A run whose loss is not finite stays where it is from then on.

    Parameters
    ----------
    suffix : Suffix
        What is trained.
    texts : Encoded
        The corpus.
    start : torch.Tensor
        Where every run starts, shape (P,).
    lines : sequence of Line
        G of them.
    rates : sequence of float
        L learning rates.
    epsilon : float
        How far the weights are moved for a loss.
    steps, batch : int
        Steps of a run, and texts a step, drawn with replacement.

    Attributes
    ----------
    weights : torch.Tensor
        Shape (R, P), a line's rates one after another.
    losses : torch.Tensor
        Means of the two losses, shape (steps, R); NaN where a run has stopped.
    """

    def __init__(
        self,
        suffix: Suffix,
        texts: Encoded,
        start: torch.Tensor,
        lines: Sequence[Line],
        *,
        rates: Sequence[float],
        epsilon: float,
        steps: int,
        batch: int,
    ) -> None:
        self._suffix, self._texts, self._lines = suffix, texts, list(lines)
        self._epsilon, self._steps = epsilon, steps
        self._rates = torch.tensor(list(rates) * len(lines), device=start.device)
        self._batches = torch.stack(
            [batches_of(line.split, line.seed, steps, batch) for line in lines], dim=1
        ).to(start.device)
        runs = len(self._rates)
        self.weights = start.repeat(runs, 1)
        self.losses = torch.full((steps, runs), torch.nan, device=start.device)
        self._moved = torch.empty_like(self.weights)
        self._z = start.new_empty(len(lines), len(start))
        self._is_alive = torch.ones(runs, dtype=torch.bool, device=start.device)
        self._positions = [line.seed * APART for line in lines]
        self._spans = list(_spans_of(self._lines))

    def train(self) -> None:
        """All steps."""
        without_gradients(self._take_all_steps)

    def _take_all_steps(self) -> None:
        for step in range(self._steps):
            self._draw()
            self._step(step)

    def _draw(self) -> None:
        for perturbations, first, last in self._spans:
            here = self._positions[first:last]
            self._positions[first:last] = perturbations.draw(here, self._z[first:last])

    def _step(self, step: int) -> None:
        indices = self._batches[step].repeat_interleave(self._shape[1], dim=0)
        above, below = self._loss(self._epsilon, indices), self._loss(-self._epsilon, indices)
        self._is_alive &= torch.isfinite(above) & torch.isfinite(below)
        self.losses[step] = torch.where(self._is_alive, (above + below) / 2, torch.nan)
        steepness = (above - below) / (2 * self._epsilon)
        rate = self._rates * (1 - step / self._steps)
        factor = torch.where(self._is_alive, -rate * steepness, 0.0)
        weights = self.weights.view(*self._shape, -1)
        weights.addcmul_(factor.view(*self._shape, 1), self._z.unsqueeze(1))

    def _loss(self, distance: float, indices: torch.Tensor) -> torch.Tensor:
        """Of every run, with the weights that far along z; shape (R,)."""
        weights, moved = (each.view(*self._shape, -1) for each in (self.weights, self._moved))
        torch.add(weights, self._z.unsqueeze(1), alpha=distance, out=moved)
        return losses_of(self._suffix, self._moved, self._texts, indices)

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self._lines), len(self._rates) // len(self._lines)


def _spans_of(lines: Sequence[Line]) -> Iterator[tuple[Perturbations, int, int]]:
    """Lines in a row that have their z from the same place, which draws them at once."""
    first = 0
    for _, group in groupby(lines, key=lambda line: id(line.perturbations)):
        last = first + len(list(group))
        yield lines[first].perturbations, first, last
        first = last


def losses_of(
    suffix: Suffix, weights: torch.Tensor, texts: Encoded, indices: torch.Tensor
) -> torch.Tensor:
    """The mean cross-entropy of every run on texts of its own, shape (R,)."""
    logits = suffix.logits(weights, texts.batch(indices))
    each = cross_entropy(logits.flatten(0, 1), texts.labels[indices].flatten(), reduction="none")
    return each.view(indices.shape).mean(1)


def batches_of(split: Split, seed: int, steps: int, batch: int) -> torch.Tensor:
    """Indices of the texts of every step, shape (steps, B)."""
    drawn = [
        np.random.default_rng((seed, step)).integers(0, len(split.training), batch)
        for step in range(steps)
    ]
    return torch.from_numpy(split.training[np.stack(drawn)])
