"""``pezo stream``: files of any window, against the golden stream and NumPy's own readers."""

import re
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import load
from pezo_hw.numbers import export

PRESETS = ["paper-roberta", "paper-opt", "paper-pool"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("start", [0, 10**12 + 5])
def test_npz(pezo, tmp_path: Path, preset: str, start: int):
    file = tmp_path / "deep" / "window.npz"
    status, out, err = pezo("stream", preset, "--start", start, "--cycles", 40, "-o", file)
    window = load(preset).stream().window(start, 40)
    assert (status, err) == (0, "")
    assert f"cycles {start} to {start + 39}" in out
    with np.load(file) as archive:
        assert sorted(archive) == ["code", "mantissa", "value"]
        assert np.array_equal(archive["mantissa"], window.mantissa)
        assert np.array_equal(archive["code"], window.code)
        assert np.array_equal(archive["value"], window.value)
        assert archive["value"].dtype == np.float32
        assert archive["mantissa"].dtype.kind == "i"


@pytest.mark.parametrize("preset", PRESETS)
def test_csv(pezo, tmp_path: Path, preset: str):
    file = tmp_path / "window.csv"
    assert pezo("stream", preset, "--start", 3, "--cycles", 25, "-o", file)[0] == 0
    window = load(preset).stream().window(3, 25)
    headings = file.read_text("utf-8").split("\n", 1)[0].split(",")
    assert headings == ["code", *(f"lane{lane}" for lane in range(window.mantissa.shape[1]))]
    rows = np.loadtxt(file, delimiter=",", dtype=int, skiprows=1)
    assert np.array_equal(rows[:, 0], window.code)
    assert np.array_equal(rows[:, 1:], window.mantissa)


@pytest.mark.parametrize("ending", [".npz", ".csv"])
def test_a_file_made_in_pieces_is_the_same(pezo, tmp_path: Path, monkeypatch, ending: str):
    whole, pieces = tmp_path / f"whole{ending}", tmp_path / f"pieces{ending}"
    pezo("stream", "paper-roberta", "--cycles", 500, "-o", whole)
    monkeypatch.setattr(export, "_NUMBERS_AT_ONCE", 31 * 7)
    pezo("stream", "paper-roberta", "--cycles", 500, "-o", pieces)
    assert whole.read_bytes() == pieces.read_bytes()


def test_a_table_on_the_terminal(pezo):
    status, out, err = pezo("stream", "paper-roberta", "--start", 10**15, "--cycles", 2)
    rows = [re.findall(r"-?\d+", line) for line in out.splitlines() if "│" in line]
    window = load("paper-roberta").stream().window(10**15, 2)
    assert (status, err) == (0, "")
    for row, code, mantissas in zip(rows, window.code, window.mantissa, strict=True):
        assert int(row[1]) == code
        assert [int(number) for number in row[2:-1]] == mantissas[: len(row) - 3].tolist()
    assert [int(row[0]) for row in rows] == [10**15, 10**15 + 1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--start", "-1"), "x>=0"),
        (("--start", "1.5"), "--start"),
        (("--cycles", "0"), "x>=1"),
        (("--cycles", "1001"), "up to 1000 without -o FILE"),
        (("-o", "window.txt"), "allowed: .npz or .csv"),
        (("-o", "window"), "allowed: .npz or .csv"),
        (("--cycles", str(10**16), "-o", "window.npz"), "the disk has"),
        (("--cycles", str(10**16), "-o", "window.csv"), "the disk has"),
    ],
)
def test_bad_options(pezo, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], says: str):
    monkeypatch.chdir(tmp_path)
    status, out, err = pezo("stream", "paper-roberta", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert list(tmp_path.iterdir()) == []
