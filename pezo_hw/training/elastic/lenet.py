"""LeNet-5 in PyTorch, in two parts."""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import nn

CLASSES = 10
HEADS = (1, 2)  # the last layers that back-propagation may have, fully connected ones


class Parts(NamedTuple):
    """A model cut in two; ``head(body(x))`` is the model.

    Attributes
    ----------
    body, head : torch.nn.Sequential
        Layers that are the model's own, not copies.
    """

    body: Any
    head: Any


def create_lenet(seed: int) -> nn.Sequential:
    """A fresh LeNet-5 of 107,786 weights for images of shape (N, 1, 28, 28); the seed decides it.

    Both convolutions keep the image's size. Weights are He's (normal, fan-in), biases zero.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = nn.Sequential(
            *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(6, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
            *(nn.Linear(784, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU()),
            nn.Linear(84, CLASSES),
        )
        for layer in model:
            if isinstance(layer, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)
    return model


def cut(model: nn.Sequential, layers: int) -> Parts:
    """The model with its last ``layers`` fully connected layers as the head; none is no head."""
    places = [index for index, layer in enumerate(model) if isinstance(layer, nn.Linear)]
    place = places[-layers] if layers else len(model)
    return Parts(model[:place], model[place:])
