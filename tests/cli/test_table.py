"""Tables that give way between words, and become records where that is not enough."""

import pytest
from rich.text import Text

from pezo_hw.cli.table import Table


def shown(capsys, monkeypatch, columns: int, **options) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    table = Table(**{"headings": ("design", "numbers a cycle", "orbit"), **options})
    table.row("mine [b]", "1,024", Text("9,999 or so", "red"))
    table.section()
    table.row("the paper's", "", "1")
    table.show()
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_with_room_it_is_a_table(capsys, monkeypatch):
    lines = shown(capsys, monkeypatch, 60, title="a title")
    assert lines[0] == "a title"
    assert lines[2] == "┃ design      ┃ numbers a cycle ┃       orbit ┃"
    assert lines[4] == "│ mine [b]    │           1,024 │ 9,999 or so │"
    assert lines[5].startswith("├")
    assert len(lines) == 8


def test_the_widest_columns_give_way_between_words(capsys, monkeypatch):
    lines = shown(capsys, monkeypatch, 38)
    assert {len(line) for line in lines} == {38}
    assert "│ mine [b]    │     1,024 │   9,999 │" not in lines
    assert any("9,999 or" in line for line in lines)


def test_without_lines(capsys, monkeypatch):
    lines = shown(capsys, monkeypatch, 60, has_lines=False)
    assert lines[0] == "design      numbers a cycle       orbit"
    assert lines[1] == "mine [b]              1,024 9,999 or so"


def test_where_words_do_not_fit_rows_are_records(capsys, monkeypatch):
    assert shown(capsys, monkeypatch, 24) == [
        *("design: mine [b]", "numbers a cycle: 1,024", "orbit: 9,999 or so", ""),
        *("design: the paper's", "orbit: 1"),
    ]


def test_a_word_longer_than_a_line_stays_whole(capsys, monkeypatch):
    assert "1,024" in shown(capsys, monkeypatch, 3)


@pytest.mark.parametrize("columns", range(1, 60))
def test_without_headings_the_first_cell_is_the_name(capsys, monkeypatch, columns: int):
    lines = shown(capsys, monkeypatch, columns, has_headings=False)
    text = " ".join(" ".join(lines).replace("│", " ").split())
    assert "design" not in text
    assert "1,024" in text
    if columns < 20:
        assert "the paper's: 1" in text


def test_escapes_count_as_wide_as_they_are(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    table = Table(headings=("a\x1b", "b"))
    table.row("\u202e\n", "x")
    table.show()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "┃ a\\x1b    ┃ b ┃"
    assert lines[3] == "│ \\u202e\\n │ x │"
