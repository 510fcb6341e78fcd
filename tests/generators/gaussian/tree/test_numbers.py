"""The tree's tables give the golden model's numbers, in every format."""

import numpy as np
import pytest

from pezo_hw.generators.gaussian.tree import numbers as tree_numbers
from pezo_hw.generators.gaussian.tree.levels import WIDTHS
from pezo_hw.generators.gaussian.tree.model import TreeStream
from pezo_hw.generators.gaussian.tree.numbers import TreeNumbers
from pezo_hw.generators.gaussian.xnor_lfsr import start_states
from pezo_hw.numbers.number_format import FLOAT32, MANTISSAS, VALUES

FORMATS = [*VALUES.values(), *MANTISSAS.values()]


def stream_of(lanes: int) -> TreeStream:
    return TreeStream(start_states(5, lanes, WIDTHS))


def test_runs_from_anywhere_in_every_format():
    for lanes in (1, 7, 130):
        stream = stream_of(lanes)
        for form in FORMATS:
            if form.name == "int8":  # too narrow
                continue
            numbers = TreeNumbers(stream, form)
            for first, count in ((0, 1), (lanes * 10**30 + 3, 400), (12345, 3 * lanes)):
                cycle, skipped = divmod(first, lanes)
                golden = form.window(stream, cycle, (skipped + count) // lanes + 1).reshape(-1)
                read = numbers.read(first, count)
                assert read.dtype == form.dtype
                assert np.array_equal(read, golden[skipped : skipped + count])


def test_a_whole_run_is_the_golden_model():
    stream = stream_of(64)
    numbers = TreeNumbers(stream, FLOAT32)
    read = numbers.read(64 * 10**12 + 5, numbers.run)
    golden = stream.values(10**12, numbers.run // 64 + 1).reshape(-1)
    assert np.array_equal(read, golden[5 : 5 + numbers.run])


def test_a_wrong_table_is_seen(monkeypatch):
    right = tree_numbers._two_levels

    def flipped(upper, lower):
        entries = right(upper, lower)
        entries[100, 100] ^= 0xFFFFFFFF if upper.prefix == 4 else 0  # at every node
        return entries

    monkeypatch.setattr(tree_numbers, "_two_levels", flipped)
    stream = stream_of(64)
    read = TreeNumbers(stream, FLOAT32).read(0, 1 << 17)
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(read, stream.values(0, 1 << 11).reshape(-1))
