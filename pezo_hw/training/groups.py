"""Groups of weights with rates of their own, as PyTorch's optimisers have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..checks import positive_real
from ..errors import ConfigError
from ..fast.weights import is_torch, listed
from .parameters import LARGEST, SMALLEST, at_least_zero


@dataclass(frozen=True, kw_only=True)
class OwnRates:
    """What a group says of its own; None where the optimiser's settings hold.

    Parameters
    ----------
    lr : float or None
        At least 0.
    weight_decay : float or None
        At least 0.
    epsilon : float or None
        Above 0.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    lr: float | None = None
    weight_decay: float | None = None
    epsilon: float | None = None

    def __post_init__(self) -> None:
        for key in ("lr", "weight_decay"):
            if getattr(self, key) is not None:
                object.__setattr__(self, key, at_least_zero(key, getattr(self, key)))
        if self.epsilon is not None:
            epsilon = positive_real("epsilon", self.epsilon, SMALLEST, LARGEST)
            object.__setattr__(self, "epsilon", epsilon)

    @classmethod
    def of(cls, group: Mapping[str, Any]) -> OwnRates:
        """Out of a group; a rate may be a tensor of one element, as PyTorch's schedulers allow."""
        return cls(**{key: _number(group.get(key)) for key in ("lr", "weight_decay", "epsilon")})


def _number(value: Any) -> Any:
    return value.item() if is_torch(value) and value.numel() == 1 else value


def members(groups: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any, OwnRates]]:
    """Name, tensor and rates of every weight; a parameter that is frozen is not one.

    Raises
    ------
    ConfigError
        For what is no group, with its index.
    """
    for index, group in enumerate(groups):
        place = f"groups[{index}]"
        if not isinstance(group, Mapping) or "params" not in group:
            raise ConfigError(place, type(group).__name__, 'a dict with "params"')
        try:
            own = OwnRates.of(group)
        except ConfigError as error:
            raise error.within(place) from None
        params = group["params"]
        tensors = [params] if is_torch(params) else listed(params)
        names = group.get("param_names") or [f"{place}.params[{k}]" for k in range(len(tensors))]
        for name, tensor in zip(names, tensors, strict=True):
            if not is_torch(tensor) or tensor.requires_grad:
                yield name, tensor, own
