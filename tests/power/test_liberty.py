"""Liberty files: what is read, and what is refused in one line."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.power import Liberty, liberty
from tests.power.cells import liberty_text

TEXT = liberty_text()
COMMENTED = "/* library (no) { */\n" + TEXT.replace("library (paper)", 'library ("paper")')


@pytest.mark.parametrize(
    "content",
    [TEXT.encode(), gzip.compress(TEXT.encode()), COMMENTED.encode()],
    ids=["plain", "packed", "commented"],
)
def test_the_name_is_the_librarys_own(tmp_path: Path, content: bytes):
    path = tmp_path / "whatever.lib"
    path.write_bytes(content)
    assert Liberty.read(path).name == "paper"


BRACE_IN_TEXT = TEXT.replace("delay_model", 'comment : "}"; delay_model')


def test_a_brace_within_quotes_closes_nothing(tmp_path: Path):
    path = tmp_path / "quoted.lib"
    path.write_text(BRACE_IN_TEXT)
    assert Liberty.read(path).text == BRACE_IN_TEXT


BROKEN = {
    "empty": (b"", "not a Liberty file"),
    "verilog": (b"module library(a);\nendmodule\n", "not a Liberty file"),
    "behind something": (b"x" + TEXT.encode(), "not a Liberty file"),
    "bytes": (b"\xff\xfe\x00", "no text at all"),
    "UTF-16": (TEXT.encode("utf-16"), "not in UTF-8 or Latin-1"),
    "zeros behind it": (TEXT.encode() + bytes(4), "no text at all"),
    "cut": (TEXT[: len(TEXT) // 2].encode(), "not closed"),
    "cut within quotes": (TEXT[: TEXT.index("1ns") + 1].encode(), "not closed"),
    "a comment without an end": (f"{TEXT}/* }}".encode(), "not closed"),
    "a quote without an end": (f'{TEXT}"never'.encode(), "not closed"),
    "no cells": (b"library (x) { }", "without cells"),
    "no flip-flops": (liberty_text(flip_flop=False).encode(), "without flip-flops"),
    "no power": (liberty_text(power=False).encode(), "without internal power tables"),
    "power in a comment": (
        liberty_text(power=False).replace("{", "{ /* rise_power (scalar) { */ ", 1).encode(),
        "without internal power tables",
    ),
    "half a gzip": (gzip.compress(TEXT.encode())[:-12], "not a whole gzip file"),
    "no gzip": (b"\x1f\x8bno", "not a whole gzip file"),
    "spoilt gzip": (gzip.compress(TEXT.encode())[:-8] + bytes(8), "not a whole gzip file"),
}


@pytest.mark.parametrize(("content", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_none_is_one_line_with_the_path(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "broken.lib"
    path.write_bytes(content)
    with pytest.raises(PezoError) as caught:
        Liberty.read(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert reason in text
    assert "; allowed: a Liberty file" in text


INV, DFF = "area : 1.5;", "area : 10.0;"
NO_NUMBER = [
    *((f"area : {word};", INV) for word in ("nan", "inf", "-1.5", "1e999", "big", '"-inf"', "")),
    ("area : nan;", DFF),
    *((f"capacitance : {word};", "capacitance : 2.0;") for word in ("nan", "-1", "1e999")),
    ("cell_leakage_power : nan;", "cell_leakage_power : 1.0;"),
    *((f'values ("{text}")', 'values ("0.25")') for text in ("nan", "1, inf", "1e999", "", "a")),
]


def test_what_is_no_number_is_refused_with_its_cell(tmp_path: Path):
    path = tmp_path / "wrong.lib"
    for new, old in NO_NUMBER:
        assert old in TEXT
        path.write_text(TEXT.replace(old, new))
        with pytest.raises(PezoError) as caught:
            Liberty.read(path)
        key = new.partition(" ")[0]
        assert str(caught.value).startswith(
            f"{path}: cell ({'DFF' if old == DFF else 'INV'}): {key}"
        )
        assert " is not allowed; allowed: " in str(caught.value)
    for new in (
        "area : 0;",
        'area : "1.5" ;',
        "area : 15e-1\n",
        "area : .5; // nan\n",
        "area:+2.;",
    ):
        path.write_text(TEXT.replace(INV, new))
        assert Liberty.read(path).without_area == frozenset()


def test_cells_without_an_area(tmp_path: Path):
    path = tmp_path / "lacking.lib"
    group = 'wire_load ("x") { area : 1; }'
    path.write_text(TEXT.replace(DFF, "inner () { area : 3; }")[:-2] + group + "}\n")
    assert Liberty.read(path).without_area == {"DFF"}
    path.write_text(TEXT.replace(INV, "").replace("cell (INV)", 'cell ("INV")'))
    assert Liberty.read(path).without_area == {"INV"}


QUOTED = TEXT.replace("delay_model", 'comment : "\xb5m"; delay_model')
FORMS = {
    "Latin-1": QUOTED.encode("latin-1"),
    "UTF-8": QUOTED.encode(),
    "a byte order mark": b"\xef\xbb\xbf" + QUOTED.encode(),
    "CR LF": QUOTED.replace("\n", "\r\n").encode(),
    "CR": QUOTED.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_the_same_in_other_bytes(tmp_path: Path, content: bytes):
    path = tmp_path / "other.lib"
    path.write_bytes(content)
    assert Liberty.read(path).text == QUOTED


def test_a_comment_up_to_the_end_of_its_line(tmp_path: Path):
    path = tmp_path / "commented.lib"
    path.write_text(
        f"// it's {{ \"odd\n{TEXT.replace('delay_model', '// } */' + chr(10) + 'delay_model')}"
    )
    assert Liberty.read(path).name == "paper"


@pytest.mark.parametrize("each", ['"\\', "/*", '"\\ /* ', "power (", "cell ", "/"])
def test_what_begins_a_million_times_and_never_ends_is_refused_at_once(tmp_path: Path, each: str):
    path = tmp_path / "endless.lib"
    path.write_text("library (x) {" + each.ljust(7) * 200_000)
    start = time.process_time()
    with pytest.raises(PezoError, match=r"endless.lib: .* not closed"):
        Liberty.read(path)
    assert time.process_time() - start < 2  # for each beginning up to the end: minutes


def test_what_is_no_file_or_too_large_once_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bomb = tmp_path / "bomb.lib.gz"
    bomb.write_bytes(gzip.compress(bytes(1 << 20)))
    monkeypatch.setattr(liberty, "_LARGEST_FILE", 1 << 16)
    for path, reason in (
        (tmp_path, "Is a directory"),
        (tmp_path / "none", "No such file"),
        (Path("/dev/zero"), "not a regular file"),
        (bomb, "more than 65,536 bytes"),
    ):
        with pytest.raises(PezoError, match=reason):
            Liberty.read(path)
