"""How exactly hidden states are kept, and in how many bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ..checks import choice
from ..errors import ConfigError

NAMES = ("float32", "float16", "int8")
AUTO = "auto"
_LARGEST_CODE = 127
_LEAST_SCALE = float(np.finfo(np.float32).tiny)


@dataclass(frozen=True, kw_only=True)
class Precision:
    """One of three ways of keeping a row of numbers, such as the hidden state of a token.

    =======  ==================  =====================================================
    name     bytes of n numbers  what comes back of x, in a row whose largest is m
    =======  ==================  =====================================================
    float32  4 n                 x
    float16  2 n                 within abs(x) / 2048 (below 2^-14 within 2^-25)
    int8     n + 4               within m / 254 (and 2^-119), besides float32's rounding
    =======  ==================  =====================================================

    int8 has a scale for each row, m / 127, as float32. NaN and infinity are refused, and what
    float16 cannot hold.

    Raises
    ------
    ConfigError
        For another name.
    """

    name: str

    def __post_init__(self) -> None:
        choice("precision", self.name, NAMES)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of what is kept of a number."""
        return np.dtype(self.name)

    @property
    def scales(self) -> int:
        """How many float32 numbers are kept for a row beside its own."""
        return 1 if self.name == "int8" else 0

    def encoded(self, rows: torch.Tensor) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """What is kept of rows of numbers, shape (rows, width), and their scales (rows, 0 or 1).

        Raises
        ------
        ConfigError
            For numbers that are not finite, or too large for float16.
        """
        wide = rows.detach().float()
        if not torch.isfinite(wide).all():
            raise ConfigError("hidden state", "NaN or infinity", "finite numbers")
        scales = wide.new_empty((len(wide), self.scales))
        if self.name == "float16":
            codes = _as_float16(wide)
        elif self.name == "int8":
            codes, scales = _as_int8(wide)
        else:
            codes = wide
        return codes.cpu().numpy(), scales.cpu().numpy()

    def decoded(self, codes: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
        """The rows as float32; codes of shape (…, width), scales of shape (…, 0 or 1)."""
        wide = codes.float()
        return wide * scales if self.scales else wide


def precision_at(asked: str | Sequence[str], layers: int, of: int) -> Precision:
    """The precision for a prefix of so many layers out of ``of``.

    Parameters
    ----------
    asked : str or sequence of str
        A name; one for each number of layers, from 0 to ``of``; or ``"auto"``: float32 below a
        third of the layers, float16 below two thirds, int8 from there on.
    layers : int
        How many are frozen.
    of : int
        How many the model has.

    Raises
    ------
    ConfigError
        For other names, or a sequence of another length.
    """
    if isinstance(asked, Sequence) and not isinstance(asked, str):
        if len(asked) != of + 1:
            allowed = f"{of + 1} of them, for 0 to {of} layers"
            raise ConfigError("precision", f"{len(asked)} names", allowed)
        return [Precision(name=name) for name in asked][layers]
    if asked == AUTO:
        return Precision(name=NAMES[min(3 * layers // of, len(NAMES) - 1)])
    choice("precision", asked, (*NAMES, AUTO))
    return Precision(name=asked)


def _as_float16(rows: torch.Tensor) -> torch.Tensor:
    codes = rows.half()
    if not torch.isfinite(codes).all():
        largest = float(rows.abs().max())
        raise ConfigError(
            "precision", "float16", f"float32 or int8 (a hidden state is {largest:g})"
        )
    return codes


def _as_int8(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Codes from -127 to 127; a row below float32's normal numbers becomes zeros."""
    scales = rows.abs().amax(dim=1, keepdim=True) / _LARGEST_CODE
    scales = torch.where(scales < _LEAST_SCALE, 0.0, scales)
    codes = torch.round(rows / torch.where(scales == 0, torch.inf, scales))
    return codes.clamp(-_LARGEST_CODE, _LARGEST_CODE).to(torch.int8), scales
