"""A BERT of a few thousand random weights, and a task of made-up words for it."""

from __future__ import annotations

from typing import Any

import torch

from pezo_hw.pytorch.frozen_prefix import FrozenPrefix
from pezo_hw.training.language.encoder import TOKENS, TRAINED_LAYERS, Encoder
from pezo_hw.training.language.tasks import Corpus

WORDS = 60


def tiny_model() -> Any:
    """Three layers of 32 numbers a token."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=WORDS,
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=TOKENS,
    )
    return BertModel(config).eval()


def tokens_of(texts: list[str], **_: object) -> Any:
    """A word is its number; what is missing is 0."""
    from transformers import BatchEncoding

    rows = [[int(word) for word in text.split()] for text in texts]
    ids = torch.tensor([row + [0] * (TOKENS - len(row)) for row in rows])
    return BatchEncoding({"input_ids": ids, "attention_mask": (ids > 0).long()})


def tiny_encoder() -> Encoder:
    model = tiny_model()
    frozen = len(model.encoder.layer) - TRAINED_LAYERS
    return Encoder(FrozenPrefix(model, frozen, precision="float32"), tokens_of)


def tiny_corpus(texts: int = 60, *, tested: bool = False) -> Corpus:
    """Two classes with words of their own; no text is twice."""
    generator = torch.Generator().manual_seed(1)
    labels = [index % 2 for index in range(texts)]
    rows = [
        torch.randint(1 + 30 * label, 30 + 30 * label, (3 + index % 5,), generator=generator)
        for index, label in enumerate(labels)
    ]
    return Corpus(
        sentences=("1 2 3", "40 41 42"),
        texts=tuple(" ".join(map(str, row.tolist())) for row in rows),
        labels=tuple(labels),
        for_test=tuple(tested and index >= texts // 2 for index in range(texts)),
    )
