"""What holds for every kind whose lanes have long registers, whatever it makes of their bits."""

import numpy as np
import pytest

from pezo_hw.config import parse
from pezo_hw.numbers.number_format import MANTISSAS, VALUES
from tests.generators.gaussian.configs import BOX_MULLER, CLT, PIECEWISE_CLT, TABLE_HADAMARD

KINDS = {
    "clt": (CLT, 3, 2**127 - 1),
    "piecewise-clt": (PIECEWISE_CLT, 3, 2**89 - 1),
    "box-muller": (BOX_MULLER, 3, 2**127 - 1),
    "table-hadamard": (TABLE_HADAMARD, 33, 2**127 - 1),
}


@pytest.mark.parametrize(("text", "lanes", "orbit"), KINDS.values(), ids=KINDS)
def test_far_windows_overlap(text: str, lanes: int, orbit: int):
    stream = parse(f"{text}lanes = {lanes}\n", name="case").stream()
    assert stream.orbit == orbit
    for far in (10**12, 10**30):
        long = stream.mantissas(far, 40)
        assert np.array_equal(stream.mantissas(far + 37, 3), long[37:])
        assert np.array_equal(stream.mantissas(far + stream.orbit, 3), long[:3])


@pytest.mark.parametrize("kind", KINDS)
def test_the_fast_numbers_are_the_golden_ones(kind: str):
    config = parse(f"{KINDS[kind][0]}lanes = 33\n", name="case")
    golden = config.stream()
    for form in (*VALUES.values(), MANTISSAS[np.dtype(np.int16)], MANTISSAS[np.dtype(np.int32)]):
        read = config.generator.number_table(form).read(33 * 10**12 + 5, 1000)
        expected = form.window(golden, 10**12, 31).reshape(-1)[5:1005]
        assert read.dtype == expected.dtype
        assert np.array_equal(read, expected)
