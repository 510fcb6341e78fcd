"""The last layers of a BERT and a head, run for many sets of weights at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import prod
from typing import Any

import torch
from torch import nn
from torch.nn.functional import gelu, layer_norm, normalize, scaled_dot_product_attention

# Of the cosines between a text and a class, as in the contrastive training of the encoder itself.
SHARPNESS = 20.0

_LINEAR = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
}
_NORMS = {"after_attention": "attention.output.LayerNorm", "after_all": "output.LayerNorm"}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Hidden states that enter the suffix, R runs of B texts of T tokens.

    Attributes
    ----------
    hidden : torch.Tensor
        float32, shape (R, B, T, D).
    mask : torch.Tensor
        bool, shape (R, B, T): which tokens are there.
    """

    hidden: torch.Tensor
    mask: torch.Tensor


class Suffix:
    """The last layers of a ``BertModel`` with a linear head on the mean of its tokens.

    Weights of R runs lie in one tensor of shape (R, P): every parameter of the layers in the
    module's order, then the head's. So one matrix product does the work of all runs, which a GPU
    needs to be busy, and a perturbation is one sum.

    The logits are `SHARPNESS` times the products of the text's unit vector with the rows of the
    head, and a bias.

    Parameters
    ----------
    layers : sequence of torch.nn.Module
        ``BertLayer`` of ``transformers``, in their order; where the weights start.
    classes : int
        Rows of the head.

    Attributes
    ----------
    shapes : list of tuple of int
        Of every parameter, the head's weight and bias last.
    sizes : list of int
        Numbers in each.
    """

    def __init__(self, layers: Sequence[nn.Module], classes: int) -> None:
        self._layers = layers
        first: Any = layers[0]
        self._heads = int(first.attention.self.num_attention_heads)
        self._epsilon = float(first.output.LayerNorm.eps)
        width = int(first.output.LayerNorm.normalized_shape[0])
        names = [f"{index}.{name}" for index, layer in enumerate(layers) for name in _names(layer)]
        shapes = [tuple(p.shape) for layer in layers for p in layer.parameters()]
        self.shapes = [*shapes, (classes, width), (classes,)]
        self.sizes = [prod(shape) for shape in self.shapes]
        ends = list(accumulate(self.sizes))
        self._spans = {
            name: (end - size, end, shape)
            for name, end, size, shape in zip(
                [*names, "head.weight", "head.bias"], ends, self.sizes, self.shapes, strict=True
            )
        }

    @property
    def count(self) -> int:
        """P, the weights of a run."""
        return sum(self.sizes)

    def start(self, head: torch.Tensor) -> torch.Tensor:
        """The layers as they are with a head of shape (C, D) and no bias; shape (P,)."""
        parts = [p.detach().reshape(-1) for layer in self._layers for p in layer.parameters()]
        return torch.cat([*parts, head.reshape(-1), head.new_zeros(len(head))]).float()

    def logits(self, weights: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Shape (R, B, C), of weights of shape (R, P)."""
        vectors = normalize(self.pooled(weights, batch), dim=-1)
        head, bias = self._of(weights, "head.weight"), self._of(weights, "head.bias")
        return torch.baddbmm(bias.unsqueeze(1), SHARPNESS * vectors, head.transpose(1, 2))

    def pooled(self, weights: torch.Tensor, batch: Batch) -> torch.Tensor:
        """The mean over the tokens that are there, shape (R, B, D)."""
        runs, texts, tokens, width = batch.hidden.shape
        hidden = batch.hidden.reshape(runs, texts * tokens, width)
        allowed = batch.mask.reshape(runs * texts, 1, 1, tokens)
        for index in range(len(self._layers)):
            hidden = self._layer(weights, f"{index}.", hidden, allowed)
        share = batch.mask / batch.mask.sum(-1, keepdim=True)
        return (hidden.view(runs, texts, tokens, width) * share.unsqueeze(-1)).sum(2)

    def _layer(
        self, weights: torch.Tensor, layer: str, hidden: torch.Tensor, allowed: torch.Tensor
    ) -> torch.Tensor:
        mixed = self._attention(weights, layer, hidden, allowed)
        hidden = self._norm(weights, layer, "after_attention", hidden + mixed)
        inner = gelu(self._linear(weights, layer, "up", hidden))
        outer = self._linear(weights, layer, "down", inner)
        return self._norm(weights, layer, "after_all", hidden + outer)

    def _attention(
        self, weights: torch.Tensor, layer: str, hidden: torch.Tensor, allowed: torch.Tensor
    ) -> torch.Tensor:
        runs, _, width = hidden.shape
        texts, tokens = allowed.shape[0], allowed.shape[-1]
        query, key, value = (
            self._linear(weights, layer, name, hidden)
            .view(texts, tokens, self._heads, width // self._heads)
            .transpose(1, 2)
            for name in ("query", "key", "value")
        )
        mixed = scaled_dot_product_attention(query, key, value, attn_mask=allowed)
        joined = mixed.transpose(1, 2).reshape(runs, -1, width)
        return self._linear(weights, layer, "mixed", joined)

    def _linear(
        self, weights: torch.Tensor, layer: str, name: str, rows: torch.Tensor
    ) -> torch.Tensor:
        matrix = self._of(weights, f"{layer}{_LINEAR[name]}.weight")
        bias = self._of(weights, f"{layer}{_LINEAR[name]}.bias")
        return torch.baddbmm(bias.unsqueeze(1), rows, matrix.transpose(1, 2))

    def _norm(
        self, weights: torch.Tensor, layer: str, name: str, rows: torch.Tensor
    ) -> torch.Tensor:
        factor = self._of(weights, f"{layer}{_NORMS[name]}.weight").unsqueeze(1)
        offset = self._of(weights, f"{layer}{_NORMS[name]}.bias").unsqueeze(1)
        return torch.addcmul(offset, layer_norm(rows, rows.shape[-1:], eps=self._epsilon), factor)

    def _of(self, weights: torch.Tensor, name: str) -> torch.Tensor:
        """A parameter of all runs, shape (R, ...): a view."""
        first, last, shape = self._spans[name]
        return weights[:, first:last].unflatten(1, shape)


def _names(layer: nn.Module) -> list[str]:
    return [name for name, _ in layer.named_parameters()]
