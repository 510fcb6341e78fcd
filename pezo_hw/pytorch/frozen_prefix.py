"""Layers that are not trained are computed once, and training goes on from what they gave."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import nn

from ..checks import integer
from ..errors import ConfigError
from ..training.gradients import without_gradients
from .hidden_states import HiddenStates
from .keeping import Keeping, on_device
from .model_cut import Inputs, cut_of
from .module_digest import digest_of
from .precision import AUTO, precision_at
from .ragged_rows import rows_of
from .samples import Samples, samples_of
from .trial import require_eval, tried


class FrozenPrefix:
    """The first layers of a model, frozen, and what they make of data kept; the rest to be trained.

    The embeddings and the first ``layers`` layers of an encoder of ``transformers`` (alone or with
    a head; what is after the layers belongs to the suffix), or the first ``layers`` modules of
    ``nn.Sequential``, require no gradient from here on. `keep` runs them once over the data;
    ``suffix(**states.batch(indices))`` is then what the model gives for these samples. The
    suffix shares its parameters with the model: whoever trains it trains the model.

    In float32 a batch gives the model's own bits where it is the batch in which the samples were
    kept, and is off by float32's rounding where it is another, since sums over a longer batch are
    done in another order. float16 and int8 are off by what `Precision` says, before the suffix.

    Parameters
    ----------
    model : torch.nn.Module
        In ``eval()`` mode, where it is to be trained (device and type).
    layers : int
        How many are frozen; of an encoder 0 freezes the embeddings alone.
    precision : str or sequence of str
        ``"float32"``, ``"float16"``, ``"int8"``, ``"auto"``, or one name for each number of layers
        from 0 on (`precision_at`).
    after : FrozenPrefix or None
        A shorter prefix, of which ``model`` is the suffix, as `deeper` gives it.

    Attributes
    ----------
    suffix : torch.nn.Module
        To be trained: ``ZOSGD(prefix.suffix.parameters(), ...)``.
    layers : int
        How many are frozen.
    precision : Precision
        In which `keep` keeps hidden states.

    Raises
    ------
    PezoError
        For a model that cannot be cut, that is in training mode, or without such a layer.

    Examples
    --------
    >>> import torch
    >>> from pezo_hw.pytorch import ZOSGD
    >>> from pezo_hw.pytorch.frozen_prefix import FrozenPrefix
    >>> _ = torch.manual_seed(0)
    >>> model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    >>> prefix = FrozenPrefix(model.eval(), layers=2, precision="int8")
    >>> x = torch.eye(4)
    >>> states = prefix.keep(x)
    >>> states.nbytes
    48
    >>> optimizer = ZOSGD(prefix.suffix.parameters(), "paper-roberta", lr=1e-2)
    >>> for _ in range(500):
    ...     batch = states.batch(range(4))
    ...     loss = optimizer.step(lambda: (prefix.suffix(**batch) - 1).square().mean())
    >>> loss < 1e-2
    True
    """

    def __init__(
        self,
        model: nn.Module,
        layers: int,
        *,
        precision: str | Sequence[str] = AUTO,
        after: FrozenPrefix | None = None,
    ) -> None:
        require_eval(model)
        self._model, self._after, self._asked = model, after, precision
        self._cut = cut_of(model, layers, 0 if after is None else after.layers)
        self.layers: int = layers
        self.precision = precision_at(precision, layers, self._cut.layers)
        self.suffix = self._cut.suffix
        for module in self._cut.frozen:
            module.requires_grad_(False)

    def deeper(self, layers: int) -> FrozenPrefix:
        """A prefix of more layers, in the precision that was asked for with so many.

        Its `keep` goes on from the hidden states that this one has kept: only the layers between
        are run. It has a suffix of its own, of fewer parameters, to be trained from there on.

        Raises
        ------
        PezoError
            For fewer layers, or more than there are.
        """
        return FrozenPrefix(self.suffix, layers, precision=self._asked, after=self)

    def encode(self, batch: Inputs) -> tuple[torch.Tensor, torch.Tensor]:
        """The hidden states of one batch, of which nothing is kept.

        Parameters
        ----------
        batch : mapping of str to torch.Tensor
            The model's inputs, on its device.

        Returns
        -------
        hidden : torch.Tensor
            What the first layer of the suffix gets, rounded as `keep` would round it.
        mask : torch.Tensor
            Of bool: where a text has a token.
        """
        require_eval(self._model)
        hidden = without_gradients(lambda: self._cut.hidden(batch))
        kept = (torch.from_numpy(part) for part in self.precision.encoded(rows_of(hidden)))
        rounded = self.precision.decoded(*kept).to(hidden).reshape(hidden.shape)
        mask = batch.get("attention_mask", torch.ones(hidden.shape[:2], device=hidden.device))
        return rounded, mask.bool()

    def keep(
        self,
        data: Any,
        *,
        path: str | os.PathLike[str] | None = None,
        batch_size: int = 32,
        on_kept: Callable[[int], object] = lambda done: None,
    ) -> HiddenStates:
        """Runs the frozen layers once over data, and keeps what they give.

        First the shortest and the longest sample go through the model and through its two parts,
        which must give the same.

        Parameters
        ----------
        data : mapping, torch.Tensor, numpy.ndarray or HiddenStates
            Tokenised texts for an encoder, samples of one shape for ``nn.Sequential``; of a
            `deeper` prefix the hidden states of the one before.
        path : str or path
            Of a file to keep them in, mapped into memory; without one they are in memory. Where
            it is there already, it is read instead, if it is of these layers, data and precision.
        batch_size : int
            Samples that go through the layers at once, those of like lengths together.
        on_kept : callable
            Told after each batch how many samples are done.

        Raises
        ------
        PezoError
            For other data, a model in training mode or one that is more than its two parts, a
            file of something else, hidden states that the precision cannot hold, or a disk that is
            full. Nothing is left of the file then.
        """
        require_eval(self._model)
        integer("batch_size", batch_size, 1)
        samples = self._samples(data)
        probe = sorted({int(samples.lengths.argmin()), int(samples.lengths.argmax())})
        keeping = Keeping(
            cut=self._cut,
            samples=samples,
            layers=self.layers,
            precision=self.precision,
            model=self._digest(),
            probe=probe,
            hidden=tried(self._model, self._cut, on_device(samples.batch(probe), self._device())),
        )
        if path is None:
            return keeping.in_memory(batch_size, on_kept)
        return keeping.in_file(Path(path), batch_size, on_kept)

    def _samples(self, data: Any) -> Samples:
        """What the user has, as samples that this prefix can read."""
        if self._after is None:
            padding = getattr(getattr(self._model, "config", None), "pad_token_id", None) or 0
            return samples_of(data, are_texts=self._cut.is_ragged, padding=padding)
        allowed = f"hidden states that the prefix of {self._after.layers} layers has kept"
        if not isinstance(data, HiddenStates):
            raise ConfigError("data", type(data).__name__, allowed)
        if data.contents.model != self._after._digest():
            raise ConfigError("data", "hidden states of another prefix", allowed)
        return data

    def _digest(self) -> str:
        """Of all that the frozen layers compute with, those before the model included."""
        before = "" if self._after is None else self._after._digest()
        return digest_of(self._cut.frozen, before)

    def _device(self) -> torch.device:
        first = next(chain(self._model.parameters(), self._model.buffers()), None)
        return torch.device("cpu") if first is None else first.device
