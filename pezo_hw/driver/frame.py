"""What came out of ``m_axis``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bus import integer
from .configuration import Configuration, elements_of
from .errors import ArgumentError, shown
from .families import family_with


@dataclass(frozen=True, kw_only=True)
class Frame:
    """N beats of W lanes.

    Attributes
    ----------
    mantissa : ndarray of int32, shape (N, W)
        The integers.
    code : ndarray of uint8, shape (N,)
        The exponent code of each beat; zero where there is none.
    value : ndarray of float32, shape (N, W)
        What they are worth: exact in float64, rounded once to float32.
    """

    mantissa: NDArray[np.int32]
    code: NDArray[np.uint8]
    value: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.code)

    @classmethod
    def joined(cls, frames: Sequence[Frame]) -> Frame:
        """Frames of one device as one, in their order; at least one of them."""
        return cls(
            mantissa=np.concatenate([frame.mantissa for frame in frames]),
            code=np.concatenate([frame.code for frame in frames]),
            value=np.concatenate([frame.value for frame in frames]),
        )

    def elements(self, size: int) -> NDArray[np.float32]:
        """The first ``size`` values in order, lane 0 of the first beat first: a tensor, flat."""
        return self.value.reshape(-1)[: integer("size", size, 0, self.value.size)]

    def tensors(self, shapes: Sequence[int | Sequence[int]]) -> list[NDArray[np.float32]]:
        """Its values as tensors, each of which starts on a fresh beat."""
        found, lanes, first = [], self.value.shape[1], 0
        for shape in shapes:
            size = elements_of(shape)
            following = first + -(-size // lanes)
            if following > len(self):
                allowed = f"shapes of {len(self)} beats in all"
                raise ArgumentError(
                    f"shapes = {shown(list(shapes))} is not allowed; allowed: {allowed}"
                )
            found.append(self.value[first:following].reshape(-1)[:size].reshape(shape))
            first = following
        return found


def decode(configuration: Configuration[Any], data: Any, *, base: int, gain: float) -> Frame:
    """The beats in the bytes that a DMA has written, as many as there are.

    Parameters
    ----------
    configuration : Configuration
        Of the device that they came from.
    data : bytes, or anything with a buffer
        Whole beats, such as a ``pynq`` buffer of any element type, or ``bytes``.
    base : int
        The exponent that code 0 of the table in use stands for.
    gain : float
        Every value is multiplied by it.

    Raises
    ------
    ArgumentError
        For bytes that are no whole number of beats.
    """
    try:
        whole = data if isinstance(data, np.ndarray) else np.frombuffer(data, "B")
    except (TypeError, ValueError, BufferError):
        allowed = "bytes, or anything with a buffer"
        raise ArgumentError(f"data = {shown(data)} is not allowed; allowed: {allowed}") from None
    whole = np.ascontiguousarray(whole)
    octets = whole.reshape(-1).view(np.uint8)
    if octets.size % configuration.beat_bytes:
        allowed = f"a multiple of {configuration.beat_bytes}, the bytes of a beat"
        raise ArgumentError(f"bytes = {octets.size} is not allowed; allowed: {allowed}")
    slots = configuration.beat_bytes // configuration.slot_bytes
    words = octets.view(f"<i{configuration.slot_bytes}").reshape(-1, slots)
    mantissa = words[:, : configuration.shape.lanes].astype(np.int32)
    code = np.zeros(len(words), dtype=np.uint8)
    if configuration.code_bits:
        code[:] = words[:, configuration.shape.lanes].astype(np.uint8)
    family = family_with(configuration.family_code)
    exponent = family.exponent(configuration, base) + code.astype(np.int32)
    exact = np.ldexp(mantissa.astype(np.float64), exponent[:, None])
    return Frame(mantissa=mantissa, code=code, value=(exact * gain).astype(np.float32))
