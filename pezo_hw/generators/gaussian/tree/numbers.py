"""The tree's numbers, fast."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....numbers.number_format import NumberFormat
from ....numbers.number_tables import Numbers
from ..worth import worth_of
from .joint_tables import JointTables
from .model import FIXED_POINT, TreeStream

# What is computed at once stays in a core's own cache.
_NUMBERS_AT_ONCE = 1 << 18
_CODES = 256


class TreeNumbers(Numbers):
    """Bit for bit those of `TreeStream`, lane by lane out of `JointTables`.

    Parameters
    ----------
    stream : TreeStream
        The golden model.
    form : NumberFormat
        What the numbers are to be.
    """

    def __init__(self, stream: TreeStream, form: NumberFormat) -> None:
        super().__init__(form.dtype)
        self.run = _NUMBERS_AT_ONCE
        self._lanes = stream.lanes
        self._tables = JointTables(stream.start_phases, self.run // self._lanes + 2)
        mantissas = np.arange(1 - _CODES, _CODES, 2, dtype=np.int32)
        self._worth = worth_of(mantissas, FIXED_POINT, form)

    def read(self, first: int, count: int) -> NDArray[Any]:
        cycle, skipped = divmod(first, self._lanes)
        cycles = -(-(skipped + count) // self._lanes)
        codes = self._tables.codes(cycle, cycles).T.reshape(-1)
        return self._worth[codes[skipped : skipped + count]]
