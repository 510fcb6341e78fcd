"""Files that others read: what they hold is the stream's window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.config import parse
from pezo_hw.numbers.export import export
from tests.cases import BOTH

START = 10**12


@pytest.mark.parametrize("name", ["midrise", "two-rows"])
@pytest.mark.parametrize("count", [0, 1, 70])
def test_npz(name: str, count: int, tmp_path: Path):
    stream = parse(BOTH[name], name=name).stream()
    assert list(export(stream, START, count, tmp_path / "window.npz"))[-1:] == [count][: count > 0]
    window = stream.window(START, count)
    with np.load(tmp_path / "window.npz") as file:
        assert list(file) == ["mantissa", "code", "value"]
        for array in file:
            wanted = getattr(window, array)
            assert (file[array].dtype, file[array].shape) == (wanted.dtype, wanted.shape)
            assert np.array_equal(file[array], wanted)


def test_csv(tmp_path: Path):
    stream = parse(BOTH["midrise"], name="midrise").stream()
    assert list(export(stream, START, 70, tmp_path / "window.csv"))[-1] == 70
    window = stream.window(START, 70)
    head, *lines = (tmp_path / "window.csv").read_text().splitlines()
    assert head == "code,lane0,lane1,lane2"
    rows = np.array([line.split(",") for line in lines], dtype=int)
    assert np.array_equal(rows[:, 0], window.code)
    assert np.array_equal(rows[:, 1:], window.mantissa)


def test_npy(tmp_path: Path):
    stream = parse(BOTH["midrise"], name="midrise").stream()
    assert list(export(stream, START, 70, tmp_path / "window.npy"))[-1] == 70
    values = np.load(tmp_path / "window.npy")
    wanted = stream.window(START, 70).value
    assert (values.dtype, values.shape) == (wanted.dtype, wanted.shape)
    assert np.array_equal(values, wanted)


def test_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("pezo_hw.numbers.export._NUMBERS_AT_ONCE", 60)  # several groups of rows
    stream = parse(BOTH["midrise"], name="midrise").stream()
    assert list(export(stream, START, 70, tmp_path / "window.parquet"))[-1] == 70
    table, window = parquet.read_table(tmp_path / "window.parquet"), stream.window(START, 70)
    assert table.column_names == ["code", "lane0", "lane1", "lane2"]
    assert table["code"].to_pylist() == window.code.tolist()
    columns = [table[f"lane{lane}"].to_pylist() for lane in range(3)]
    assert np.array_equal(np.array(columns).T, window.mantissa)


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    stream = parse(BOTH["midrise"], name="midrise").stream()
    with pytest.raises(PezoError, match=r"pezo-hw\[parquet\]"):
        list(export(stream, START, 70, tmp_path / "window.parquet"))
    assert not list(tmp_path.iterdir())
