"""The weights that are trained, and which of them decay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Tensors that are changed in place.

    Parameters
    ----------
    tensors : sequence of numpy.ndarray or torch.Tensor
        Floating-point and contiguous; the order is that of the perturbation. Whoever computes the
        loss holds the same tensors, not copies.
    decays : sequence of bool or None
        For each tensor whether weight decay applies; None for all of them.

    Raises
    ------
    ConfigError
        For a tensor that is not floating-point or not contiguous, or a wrong number of ``decays``.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training import Weights
    >>> matrix, bias = np.ones((4, 3), np.float32), np.zeros(3, np.float32)
    >>> weights = Weights(tensors=[matrix, bias], decays=[True, False])
    """

    tensors: Sequence[Any]
    decays: Sequence[bool] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "tensors", tuple(self.tensors))
        for index, tensor in enumerate(self.tensors):
            if not _is_fit(tensor):
                allowed = "floating-point arrays or tensors, contiguous"
                raise ConfigError(f"tensors[{index}]", _described(tensor), allowed)
        decays = (True,) * len(self.tensors) if self.decays is None else tuple(self.decays)
        if len(decays) != len(self.tensors):
            raise ConfigError("decays", f"{len(decays)} values", f"{len(self.tensors)} values")
        object.__setattr__(self, "decays", decays)

    @classmethod
    def of_module(cls, module: Any) -> Weights:
        """The parameters of a ``torch.nn.Module`` that require a gradient, in their order.

        As in MeZO, biases and the parameters of normalisation layers do not decay.
        """
        tensors, decays = [], []
        for name, parameter in module.named_parameters():
            if parameter.requires_grad:
                tensors.append(parameter.detach())
                decays.append(_decays(module, name))
        return cls(tensors=tensors, decays=decays)

    def decay_(self, share: float) -> None:
        """Does w -= share * w for the tensors that decay."""
        for tensor, decays in zip(self.tensors, self.decays or (), strict=True):
            if decays:
                tensor *= 1.0 - share


def _decays(module: Any, name: str) -> bool:
    """Whether a parameter is neither a bias nor part of a normalisation layer."""
    owner, _, own_name = name.rpartition(".")
    is_norm = "Norm" in type(module.get_submodule(owner)).__name__
    return not is_norm and "bias" not in own_name


def _is_fit(tensor: Any) -> bool:
    if isinstance(tensor, np.ndarray):
        return tensor.dtype.kind == "f" and tensor.flags.c_contiguous and tensor.flags.writeable
    is_floating = getattr(tensor, "is_floating_point", None)
    return is_floating is not None and is_floating() and tensor.is_contiguous()


def _described(tensor: Any) -> str:
    return f"{type(tensor).__name__} of {getattr(tensor, 'dtype', 'no dtype')}"
