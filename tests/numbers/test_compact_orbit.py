"""The compact form of an orbit gives the stream's own numbers, from any cycle on."""

import numpy as np
import pytest

from pezo_hw.config import parse
from tests.cases import BOTH


@pytest.mark.parametrize("name", BOTH)
def test_any_window_is_the_stream_s(name: str):
    stream = parse(BOTH[name], name="x").stream()
    orbit = stream.compact_orbit()
    for start, count in [(0, 1), (0, 20), (1, 9), (7, 30), (max(orbit.starts - 3, 0), 12)]:
        mantissas, codes = orbit.window(start, count)
        assert (mantissas.shape, codes.shape) == ((count, orbit.lanes), (count,))
        values = mantissas * orbit.unit * 2.0 ** codes[:, None]
        expected = numbers(stream, orbit, start, count)
        assert np.allclose(values, expected, rtol=2**-22, atol=0)  # float32's own rounding


def numbers(stream, orbit, start: int, count: int) -> np.ndarray:
    """A cycle's lanes a row; or a number a row, where perturbations start at any number."""
    if orbit.lanes == orbit.beat_lanes:
        return stream.window(start, count).value
    first, last = start // orbit.beat_lanes, (start + count - 1) // orbit.beat_lanes
    listed = stream.window(first, last - first + 1).value.reshape(-1, 1)
    return listed[start - first * orbit.beat_lanes :][:count]
