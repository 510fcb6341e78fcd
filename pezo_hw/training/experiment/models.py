"""Two small classifiers of 8 x 8 images, fresh and pre-trained."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.functional import cross_entropy, gelu, scaled_dot_product_attention

from .digits import Digits

CLASSES = 10
SIDE = 8
# Of pre-training.
STEPS = 300
BATCH = 64
LEARNING_RATE = 3e-3


class Attention(nn.Module):
    """One pre-norm transformer block over the eight rows of an image; 3818 weights.

    Parameters
    ----------
    width : int
        Numbers a token; a single head.
    """

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        self.embedding = nn.Linear(SIDE, width)
        self.places = nn.Parameter(0.1 * torch.randn(SIDE, width))
        self.norm_in, self.norm_mid, self.norm_out = (nn.LayerNorm(width) for _ in range(3))
        self.query_key_value = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.head = nn.Linear(SIDE * width, CLASSES)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Logits, shape (N, 10), of images, shape (N, 64)."""
        tokens = self.embedding(images.view(-1, SIDE, SIDE)) + self.places
        parts = self.query_key_value(self.norm_in(tokens)).chunk(3, -1)
        query, key, value = (part.unsqueeze(1) for part in parts)
        tokens = tokens + self.mixed(scaled_dot_product_attention(query, key, value).squeeze(1))
        tokens = tokens + self.down(gelu(self.up(self.norm_mid(tokens))))
        logits: torch.Tensor = self.head(self.norm_out(tokens).flatten(1))
        return logits


def create_model(name: str, seed: int) -> nn.Module:
    """A fresh ``"mlp"`` (64-32-10, 2410 weights) or ``"attention"``; the seed decides it."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if name == "attention":
            return Attention()
        return nn.Sequential(nn.Linear(SIDE**2, 32), nn.ReLU(), nn.Linear(32, CLASSES))


def pretrain(name: str, digits: Digits, seed: int) -> nn.Module:
    """A model that knows the digits 0 to 4 and has never seen the others, by back-propagation."""
    model = create_model(name, seed)
    adam = torch.optim.Adam(model.parameters(), LEARNING_RATE)
    for step in range(STEPS):
        images, labels = digits.known.batch(BATCH, (seed, step))
        adam.zero_grad()
        cross_entropy(model(images), labels).backward()
        adam.step()
    return model.eval()
