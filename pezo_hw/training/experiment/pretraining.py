"""Back-propagation on half of the classes: where fine-tuning starts."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from .digits import Digits
from .models import create_model

STEPS = 300
BATCH = 64
LEARNING_RATE = 3e-3


def pretrain(name: str, digits: Digits, seed: int) -> nn.Module:
    """A model that knows the digits 0 to 4 and has never seen the others."""
    model = create_model(name, seed)
    adam = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    for step in range(STEPS):
        images, labels = digits.known.batch(BATCH, (seed, step))
        adam.zero_grad()
        cross_entropy(model(images), labels).backward()
        adam.step()
    return model.eval()
