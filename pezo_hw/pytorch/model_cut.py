"""A model in two: the layers that stay as they are, and a module that goes on from there."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NoReturn, Protocol

import torch
from torch import nn

from ..checks import integer
from ..errors import PezoError

Inputs = Mapping[str, torch.Tensor]
_EMBEDDINGS = "embeddings"


class ModelCut(Protocol):
    """A model before and after one of its layers.

    Attributes
    ----------
    layers : int
        How many layers there are, those before the model included.
    frozen : list of torch.nn.Module
        What is before the cut.
    suffix : torch.nn.Module
        The model from the cut on. It *shares* its parameters with the model, under the names that
        they have there.
    is_ragged : bool
        Whether samples have rows of their own number, with a mask.
    """

    layers: int
    frozen: list[nn.Module]
    suffix: nn.Module
    is_ragged: bool

    def hidden(self, inputs: Inputs) -> torch.Tensor:
        """The hidden states at the cut, samples first, for the model's inputs by name."""

    def suffix_inputs(self, hidden: torch.Tensor, mask: Any) -> dict[str, torch.Tensor]:
        """What the suffix is called with, by name; the mask counts where samples have one."""


def cut_of(model: nn.Module, layers: int, before: int) -> ModelCut:
    """The cut behind so many layers, of which ``before`` are no longer in the model.

    Raises
    ------
    PezoError
        For a number that the model does not have, or a model that cannot be cut.
    """
    return (SequentialCut if isinstance(model, nn.Sequential) else EncoderCut)(
        model, layers, before
    )


class SequentialCut:
    """Of ``nn.Sequential``, between two of its modules."""

    is_ragged = False

    def __init__(self, model: nn.Sequential, layers: int, before: int) -> None:
        self.layers = before + len(model)
        count = integer("layers", layers, before + 1, self.layers - 1) - before
        self._prefix = model[:count]
        self.frozen = list(self._prefix)
        self.suffix = model[count:]
        self.suffix.training = model.training

    def hidden(self, inputs: Inputs) -> torch.Tensor:
        found: torch.Tensor = self._prefix(*inputs.values())
        return found

    def suffix_inputs(self, hidden: torch.Tensor, mask: Any) -> dict[str, torch.Tensor]:
        return {"input": hidden}


class EncoderCut:
    """Of an encoder of ``transformers``, alone or with a head: BERT, RoBERTa, DistilBERT, ...

    What is needed is a module with ``embeddings`` and one list of layers, which goes through these
    in order. The suffix is a copy of the modules on the way to them, with nothing but the later
    layers in the list, and with embeddings that hand on what they are given (``inputs_embeds``).
    """

    is_ragged = True

    def __init__(self, model: nn.Module, layers: int, before: int) -> None:
        owner, path = _encoder_of(model)
        self._owner: nn.Module = model.get_submodule(owner)
        found = list(self._owner.get_submodule(path).named_children())
        self.layers = before + len(found)
        count = integer("layers", layers, before, self.layers) - before
        embeddings = self._owner.get_submodule(_EMBEDDINGS)
        self.frozen = [embeddings, *(layer for _, layer in found[:count])]
        # The later layers keep their numbers, and so their parameters keep their names.
        rest = nn.ModuleList()
        for name, layer in found[count:]:
            rest.add_module(name, layer)
        rest.training = model.training
        given = _Given().train(model.training)
        changes = {_joined(owner, _EMBEDDINGS): given, _joined(owner, path): rest}
        self.suffix = _with(model, changes)

    def hidden(self, inputs: Inputs) -> torch.Tensor:
        handle = self.frozen[-1].register_forward_hook(_stop)
        try:
            self._owner(**inputs)
        except _Reached as reached:
            return reached.hidden
        finally:
            handle.remove()
        raise PezoError("a model that skips its last frozen layer is not allowed; allowed: others")

    def suffix_inputs(self, hidden: torch.Tensor, mask: Any) -> dict[str, torch.Tensor]:
        return {"inputs_embeds": hidden, "attention_mask": mask}


class _Given(nn.Module):
    """Embeddings that are there already."""

    def forward(self, *args: Any, **kwargs: Any) -> torch.Tensor:
        given = (*args, *kwargs.values())
        tensors = (value for value in given if isinstance(value, torch.Tensor))
        return next(tensor for tensor in tensors if tensor.is_floating_point())


class _Reached(Exception):  # noqa: N818 - no error: the rest of a forward pass is left out
    """The hidden states at the cut."""

    def __init__(self, hidden: torch.Tensor) -> None:
        super().__init__()
        self.hidden = hidden


def _stop(module: nn.Module, args: Any, output: Any) -> NoReturn:
    raise _Reached(output if isinstance(output, torch.Tensor) else output[0])


def _encoder_of(model: nn.Module) -> tuple[str, str]:
    """Where the module with the embeddings is, and from there its list of layers."""
    for name, module in model.named_modules():
        if module._modules.get(_EMBEDDINGS) is None:
            continue
        inner = [path for path, part in module.named_modules() if isinstance(part, nn.ModuleList)]
        outer = [path for path in inner if not any(path.startswith(f"{one}.") for one in inner)]
        if len(outer) == 1:
            return name, outer[0]
    what = f"{type(model).__name__} is not a model that can be cut"
    raise PezoError(f"{what}; allowed: an encoder of embeddings and one list of layers, Sequential")


def _with(module: nn.Module, changes: Mapping[str, nn.Module]) -> nn.Module:
    """The module with others in some places; what is not on the way there is the same object."""
    copied = copy.copy(module)
    copied._modules = dict(module._modules)
    for name, inner in module._modules.items():
        below = {
            path.removeprefix(name).removeprefix("."): new
            for path, new in changes.items()
            if path == name or path.startswith(f"{name}.")
        }
        if below and inner is not None:
            copied._modules[name] = below[""] if "" in below else _with(inner, below)
    return copied


def _joined(*names: str) -> str:
    return ".".join(name for name in names if name)
