"""Arrays that are nothing but NumPy's own."""

from __future__ import annotations

from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray


def is_plain(array: object) -> TypeGuard[NDArray[Any]]:
    """Whether it is NumPy's own array and not a matrix, a masked array or another subclass."""
    return type(array) in (np.ndarray, np.memmap)
