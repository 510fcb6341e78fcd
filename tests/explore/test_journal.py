"""The journal: what is in it when its writer has ended anywhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pezo_hw.errors import PezoError
from pezo_hw.explore import Journal

RESULTS = {"a": {"lut": 32, "participation": 777.5538123714387}, "b": {"lut": 64, "starts": 2**200}}


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "new" / "journal"
    with Journal.open(found) as journal:
        for key, figures in RESULTS.items():
            journal.add(key, figures)
    return found


def test_what_was_added_is_there(path):
    with Journal.open(path) as journal:
        assert journal.known == RESULTS


def test_it_may_be_cut_anywhere(path):
    content = path.read_bytes()
    first = content.index(b"\n") + 1
    for end in range(len(content)):
        path.write_bytes(content[:end])
        with Journal.open(path) as journal:
            # Only the line end of a line may be missing.
            known = [
                key for key, size in (("a", first - 1), ("b", len(content) - 1)) if end >= size
            ]
            assert list(journal.known) == known
            journal.add("c", {"lut": 1})
        with Journal.open(path) as journal:
            assert list(journal.known) == [*known, "c"]


def test_any_wrong_bit_makes_a_line_nothing(path):
    content = path.read_bytes()
    for place in range(content.index(b"\n")):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        path.write_bytes(spoilt)
        with Journal.open(path) as journal:
            assert journal.known == {"b": RESULTS["b"]}


def test_it_is_one_run_s(path):
    another = pytest.raises(PezoError, match="another run is writing there")
    with Journal.open(path), another, Journal.open(path):
        pass


def test_a_file_system_that_refuses(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PezoError, match="cannot be kept"), Journal.open(tmp_path / "file" / "j"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_one_line(tmp_path):
    no_room = pytest.raises(PezoError, match=r"journal: cannot be kept \(No space left")
    with Path("/dev/full").open("ab", buffering=0) as full, no_room:
        Journal(full, tmp_path / "journal", b"").add("a", {})


def test_what_else_fails_is_not_the_journal_s(tmp_path):
    with pytest.raises(OSError, match="elsewhere"), Journal.open(tmp_path / "journal"):
        raise OSError("elsewhere")


def test_a_fifo_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "journal")
    with (
        pytest.raises(PezoError, match=r"journal: cannot be kept \("),
        Journal.open(tmp_path / "journal"),
    ):
        pass


def test_a_line_nested_beyond_reason_is_nothing(path: Path):
    text = b"[" * 100_000
    path.write_bytes(hashlib.sha256(text).hexdigest()[:16].encode() + b" " + text + b"\n")
    with Journal.open(path) as journal:
        assert journal.known == {}
