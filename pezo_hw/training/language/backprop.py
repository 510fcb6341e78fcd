"""The same layers by back-propagation, for comparison."""

from __future__ import annotations

import torch

from .encoder import Encoded
from .ensemble import batches_of, losses_of
from .splits import Split
from .suffix import Suffix


def backpropagate(
    suffix: Suffix,
    texts: Encoded,
    start: torch.Tensor,
    splits: dict[int, Split],
    *,
    rate: float,
    steps: int,
    batch: int,
) -> torch.Tensor:
    """AdamW without decay from a start of shape (P,), a run for each seed; weights (seeds, P).

    The batches are those of `Ensemble`. The rate falls linearly to 0.
    """
    weights = start.repeat(len(splits), 1).requires_grad_()
    drawn = [batches_of(part, seed, steps, batch) for seed, part in splits.items()]
    batches = torch.stack(drawn, dim=1).to(start.device)
    adam = torch.optim.AdamW([weights], lr=rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for indices in batches:
        adam.zero_grad()
        # A sum: what one run's loss has for a gradient is nothing to the others.
        losses_of(suffix, weights, texts, indices).sum().backward()
        adam.step()
        schedule.step()
    return weights.detach()
