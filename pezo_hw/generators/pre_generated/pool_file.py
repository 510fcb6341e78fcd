"""The user's own numbers for a pool."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...errors import ConfigError


def read_values(folder: Path, file: str) -> list[float]:
    """The numbers of a ``.npy`` file that holds one row of floats."""
    allowed = "a .npy file of one row of floats"
    try:
        array = np.load(folder / file, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "not a .npy file"
        raise ConfigError("values", file, f"{allowed} ({reason})") from None
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype.kind not in "fiu":
        raise ConfigError("values", file, allowed)
    return [float(number) for number in array]
