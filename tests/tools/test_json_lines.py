"""Lines that are whole whatever ended the one before them."""

import json
import os
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools.json_lines import JsonLines


@pytest.mark.parametrize("left", [b"", b"{", b'{"seed": 3}', b"\xff\xfe\xc3", "é\u2028".encode()])
def test_what_is_left_of_a_line_makes_room_for_the_next(tmp_path: Path, left: bytes):
    path = tmp_path / "new" / "runs.jsonl"
    JsonLines(path).add([{"seed": 1}, {"name": "é\u2028\n"}])
    written = path.read_bytes()
    path.write_bytes(written + left)
    lines = JsonLines(path)
    assert lines.lines == ['{"seed": 1}', '{"name": "\\u00e9\\u2028\\n"}']
    assert path.read_bytes() == written + left  # to read changes nothing
    lines.add([2])
    lines.add([])
    lines.add([3])
    assert path.read_bytes() == written + b"2\n3\n"


def test_a_number_that_json_has_no_word_for_leaves_the_file_as_it_is(tmp_path: Path):
    lines = JsonLines(tmp_path / "runs.jsonl")
    with pytest.raises(ValueError, match="not JSON compliant"):
        lines.add([1, float("nan")])
    assert not list(tmp_path.iterdir())


def test_what_is_no_file_of_lines_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", tmp_path):
        with pytest.raises(PezoError, match=r": cannot be read \(") as error:
            JsonLines(path)
        assert "\n" not in str(error.value)
    monkeypatch.setattr("pezo_hw.tools.json_lines._MOST_BYTES", 3)
    (tmp_path / "long").write_text("12345\n")
    with pytest.raises(PezoError, match="long: cannot be read"):
        JsonLines(tmp_path / "long")
    with pytest.raises(PezoError, match="cannot be written"):
        JsonLines(tmp_path / "long" / "runs.jsonl").add([1])


def test_two_that_add_to_one_file_keep_each_others_lines(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    one, other = JsonLines(path), JsonLines(path)
    one.add([{"by": 1}, {"by": 1}])
    other.add([{"by": 2}])
    path.write_bytes(path.read_bytes() + b'{"of": "a third that was killed')
    one.add([{"by": 1}])
    other.add([{"by": 2}])
    assert [json.loads(line)["by"] for line in JsonLines(path).lines] == [1, 1, 2, 1, 2]


def test_a_file_that_has_lost_lines_is_not_added_to(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    lines = JsonLines(path)
    lines.add([1, 2])
    path.write_text("1\n")
    with pytest.raises(PezoError, match=r"cannot be written .*shorter than it was"):
        lines.add([3])
    assert path.read_text() == "1\n"


def test_a_line_of_another_form_is_named(tmp_path: Path):
    path = tmp_path / "runs.jsonl"
    makers = {"half": lambda n: 1 / n, "first": lambda x: x[0], "float": float, "upper": str.upper}
    for line in ("0", "{}", "[" * 10_000, "[NaN]", "1" * 400, '{"a": 1, "a": 1}', "", "\0"):
        path.write_text(f"1\n{line}\n")
        lines = JsonLines(path)
        with pytest.raises(PezoError, match=r"line [12] is damaged; allowed: what it is$"):
            for make in makers.values():
                lines.values(make, "what it is")
