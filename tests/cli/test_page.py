"""Pages that commands write a part of."""

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.cli.page import Page

TEXT = "# Title\n<!-- a -->\nold\n<!-- /a -->\nrest\n<!-- a b -->\n<!-- /a b -->\n"


def test_a_part_is_replaced_and_nothing_else(tmp_path: Path):
    path = tmp_path / "page.md"
    path.write_text(TEXT)
    for _ in range(2):
        Page.read(path, "a").write("new\n")
        assert path.read_text() == TEXT.replace("old", "new")
    Page.read(path, "a b").write("more\n")
    assert path.read_text() == TEXT.replace("old", "new").replace("a b -->\n<", "a b -->\nmore\n<")


def test_lines_end_as_the_page_s_do(tmp_path: Path):
    path = tmp_path / "page.md"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    Page.read(path, "a").write("new\nlines\n")
    expected = TEXT.replace("old", "new\nlines").replace("\n", "\r\n")
    assert path.read_bytes() == expected.encode()


def test_what_was_changed_around_it_meanwhile_stays(tmp_path: Path):
    path = tmp_path / "page.md"
    path.write_text(TEXT)
    page = Page.read(path, "a")
    path.write_text(TEXT.replace("Title", "Another").replace("rest", "more"))
    page.write("new\n")
    assert path.read_text() == (
        TEXT.replace("old", "new").replace("Title", "Another").replace("rest", "more")
    )
    path.write_text("# Title\n")
    with pytest.raises(PezoError, match="no place for the table"):
        page.write("new\n")


def test_a_part_that_is_there_twice_is_refused(tmp_path: Path):
    path = tmp_path / "page.md"
    path.write_text(TEXT + TEXT)
    with pytest.raises(PezoError, match="more than one place for the table"):
        Page.read(path, "a")


def test_a_page_without_the_part_is_one_line(tmp_path: Path):
    path = tmp_path / "page.md"
    for text in ("# Title\n", "<!-- a -->\nold\n", "<!-- /a -->\n<!-- a -->\n"):
        path.write_text(text)
        with pytest.raises(PezoError, match=r"no place for the table; allowed: .*<!-- a --> …"):
            Page.read(path, "a")
    with pytest.raises(PezoError, match="No such file"):
        Page.read(tmp_path / "none.md", "a")
