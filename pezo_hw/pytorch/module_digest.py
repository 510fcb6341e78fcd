"""Whether frozen layers are still those that a file was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

import torch
from torch import nn

# Of a module's settings these say nothing of what it computes in evaluation.
_LEFT_OUT = {"training", "gradient_checkpointing"}


def digest_of(modules: Iterable[nn.Module], before: str) -> str:
    """A digest of everything that modules hold, in hexadecimal.

    Of parameters and buffers names, types, shapes and bits; of each module in them its class, what
    it says of itself, and its plain settings, such as the number of heads. What a forward pass
    looks up elsewhere (a configuration) is not in it.

    Parameters
    ----------
    modules : iterable of torch.nn.Module
        In order.
    before : str
        Whatever comes before them.
    """
    digest = hashlib.sha256(before.encode())
    for module in modules:
        for text in _settings(module):
            digest.update(text.encode() + b"\0")
        for name, tensor in chain(module.named_parameters(), module.named_buffers()):
            digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\0".encode())
            bits = tensor.detach().cpu().contiguous().flatten().view(torch.uint8)
            digest.update(bits.numpy().data)
    return digest.hexdigest()


def _settings(module: nn.Module) -> Iterator[str]:
    yield repr(module)
    for name, part in module.named_modules():
        plain = {
            key: value
            for key, value in vars(part).items()
            if isinstance(value, (bool, int, float, str, tuple)) and key not in _LEFT_OUT
        }
        yield f"{name} {type(part).__qualname__} {sorted(plain.items())}"
