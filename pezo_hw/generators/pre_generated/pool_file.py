"""The user's own numbers for a pool."""

from __future__ import annotations

import tokenize
from pathlib import Path

import numpy as np

from ...errors import ConfigError
from ...tools.files import open_regular
from .parameters import LARGEST_POOL

# What a header that was not made by NumPy can do to NumPy.
_ODD = (ValueError, EOFError, TypeError, SyntaxError, OverflowError, MemoryError, RecursionError)


def read_values(path: Path, file: str) -> list[float]:
    """The numbers of a ``.npy`` file that holds one row of floats.

    Its header is looked at first: no number of it is read where they cannot be a pool's.

    Parameters
    ----------
    path : Path
        Where the file is.
    file : str
        What it is called in the config, for the error.

    Raises
    ------
    ConfigError
        Where it cannot be read or holds anything else.
    """
    allowed = "a .npy file of one row of floats"
    try:
        open_regular(path).close()
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except OSError as error:
        raise ConfigError("values", file, f"{allowed} ({error.strerror or error})") from None
    except (*_ODD, tokenize.TokenError):
        raise ConfigError("values", file, f"{allowed} (not a .npy file)") from None
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype.kind not in "fiu":
        raise ConfigError("values", file, allowed)
    if len(array) > LARGEST_POOL:
        raise ConfigError("values", file, f"up to {LARGEST_POOL} numbers (found: {len(array)})")
    return [float(number) for number in array]
