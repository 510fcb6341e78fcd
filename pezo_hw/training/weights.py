"""The weights that are trained, and which of them decay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import ConfigError, PezoError
from ..fast.weights import listed
from .groups import members
from .weight import Weight, require_distinct


class Weights:
    """Tensors that are changed in place.

    They are looked at again at every step. A PyTorch parameter or module may be moved, retyped,
    resized, frozen or loaded between two steps, and a parameter of a module may be replaced: what
    the caller holds is what is trained. A NumPy array, or a tensor that is no parameter, is its
    memory.

    Parameters
    ----------
    tensors : iterable of numpy.ndarray or torch.Tensor
        Floating-point and contiguous; the order is that of the perturbation. Whoever computes the
        loss holds the same tensors, not copies. They are trained whether or not they require a
        gradient.
    decays : iterable of bool or None
        For each tensor whether weight decay applies; None for all of them.

    Attributes
    ----------
    module : torch.nn.Module or None
        Where the tensors come from, with `of_module`.

    Raises
    ------
    ConfigError
        For a tensor that is not floating-point or not contiguous, one that shares memory with
        another, or a wrong number of ``decays``.
    PezoError
        Where there is nothing to train.

    Examples
    --------
    >>> import numpy as np
    >>> from pezo_hw.training import Weights
    >>> matrix, bias = np.ones((4, 3), np.float32), np.zeros(3, np.float32)
    >>> weights = Weights(tensors=[matrix, bias], decays=[True, False])
    """

    def __init__(self, *, tensors: Iterable[Any], decays: Iterable[bool] | None = None) -> None:
        self.module: Any = None
        self._groups: Sequence[Mapping[str, Any]] | None = None
        self._tensors = tuple(listed(tensors))
        self._decays = (True,) * len(self._tensors) if decays is None else tuple(decays)
        if len(self._decays) != len(self._tensors):
            found = f"{len(self._decays)} values"
            raise ConfigError("decays", found, f"{len(self._tensors)} values")
        self.current()

    @classmethod
    def of_module(cls, module: Any) -> Weights:
        """The parameters of a ``torch.nn.Module`` that require a gradient, in their order.

        As in MeZO, biases and the parameters of normalisation layers do not decay.
        """
        if not hasattr(module, "named_modules"):
            raise ConfigError("module", type(module).__name__, "a torch.nn.Module")
        weights = cls.__new__(cls)
        weights.module, weights._groups = module, None
        weights.current()
        return weights

    @classmethod
    def of_groups(cls, groups: Sequence[Mapping[str, Any]]) -> Weights:
        """Tensors in groups with rates of their own, as ``torch.optim.Optimizer.param_groups``.

        The list and its dicts are looked at again at every step, so that whoever changes a rate
        between two steps is heard.

        Parameters
        ----------
        groups : sequence of dict
            With ``"params"``, tensors or one tensor; those that require no gradient are left
            alone. ``"lr"``, ``"weight_decay"`` (of all of the group's weights) and ``"epsilon"``
            where they are the group's own, else the optimiser's settings hold. The perturbation
            goes through the groups in order.
        """
        weights = cls.__new__(cls)
        weights.module, weights._groups = None, groups
        weights.current()
        return weights

    @property
    def tensors(self) -> tuple[Any, ...]:
        """The tensors as they are now."""
        return tuple(weight.tensor for weight in self.current())

    @property
    def decays(self) -> tuple[bool, ...]:
        """For each of them whether weight decay applies."""
        return tuple(weight.decays for weight in self.current())

    def current(self) -> tuple[Weight, ...]:
        """The weights as they are now, all checked; raises as the constructor does."""
        weights = tuple(self._listed())
        if not any(weight.size for weight in weights):
            allowed = "at least one number; of a module, in parameters that require a gradient"
            raise PezoError(f"weights = nothing is not allowed; allowed: {allowed}")
        require_distinct(weights)
        return weights

    def _listed(self) -> Iterator[Weight]:
        if self.module is not None:
            return _parameters_of(self.module)
        return self._of_tensors() if self._groups is None else _members_of(self._groups)

    def _of_tensors(self) -> Iterator[Weight]:
        for index, (tensor, decays) in enumerate(zip(self._tensors, self._decays, strict=True)):
            yield Weight(name=f"tensors[{index}]", holder=tensor, decays=bool(decays))


def _members_of(groups: Sequence[Mapping[str, Any]]) -> Iterator[Weight]:
    for name, tensor, own in members(groups):
        yield Weight(name=name, holder=tensor, decays=True, own=own)


def _parameters_of(module: Any) -> Iterator[Weight]:
    """In the order of ``named_parameters``, each of them once."""
    seen = set()
    for prefix, owner in module.named_modules():
        for name, parameter in owner.named_parameters(recurse=False):
            if parameter.requires_grad and id(parameter) not in seen:
                seen.add(id(parameter))
                full_name = f"{prefix}.{name}" if prefix else name
                yield Weight(name=full_name, holder=parameter, decays=_decays(owner, name))


def _decays(owner: Any, name: str) -> bool:
    """Whether a parameter is neither a bias nor part of a normalisation layer."""
    return "Norm" not in type(owner).__name__ and "bias" not in name
