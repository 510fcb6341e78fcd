"""Numbers as rows of bits, the way a simulator prints a bus: most significant bit first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BitRows = NDArray[np.uint8]
"""Shape (N, width), the characters ``0`` and ``1`` (or ``x``, ``z``) as their ASCII codes."""

_ZERO = np.uint8(ord("0"))


def rows_of_lanes(numbers: NDArray[np.integer] | NDArray[np.bool_], bits: int) -> BitRows:
    """One row for each row of ``numbers`` (N, W), lane 0 lowest, each in ``bits`` bits."""
    highest_first = numbers[:, ::-1, None].astype(np.int64) >> np.arange(bits - 1, -1, -1)
    return ((highest_first & 1).astype(np.uint8) + _ZERO).reshape(len(numbers), -1)


def rows_of_planes(numbers: NDArray[np.integer], bits: int) -> BitRows:
    """One row for each row of ``numbers`` (N, W): bit 0 of all of them lowest, then bit 1."""
    planes = (numbers[:, None, :].astype(np.int64) >> np.arange(bits)[:, None]) & 1
    return rows_of_lanes(planes.reshape(len(numbers), -1), 1)


def rows_of_beats(
    mantissa: NDArray[np.integer], code: NDArray[np.integer], *, lane_bits: int, code_bits: int
) -> BitRows:
    """One row a beat: the mantissas (N, W), and above them the code (N,) where it has bits."""
    rows = rows_of_lanes(mantissa, lane_bits)
    if not code_bits:
        return rows
    return np.concatenate([rows_of_lanes(code[:, None], code_bits), rows], axis=1)


def rows_of_strings(samples: Sequence[str]) -> BitRows:
    """One row for each string of a bus, all of one length."""
    rows = np.frombuffer("".join(samples).encode("ascii"), dtype=np.uint8)
    return rows.reshape(len(samples), -1)


def integers_of_rows(rows: BitRows) -> list[int]:
    """The value of each row, which must be all ``0`` and ``1``."""
    width = rows.shape[1]
    packed = np.packbits(rows - _ZERO, axis=1)
    return [int.from_bytes(row.tobytes()) >> (-width % 8) for row in packed]


def as_integers(flags: NDArray[np.bool_]) -> list[int]:
    """Truth values as the 0 and 1 that a pin is driven with."""
    return [int(flag) for flag in flags.tolist()]
