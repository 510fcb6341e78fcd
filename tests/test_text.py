"""What a text becomes where it is shown."""

import sys

import pytest

from pezo_hw import ConfigError, PezoError
from pezo_hw.text import ERRORS, in_encoding, one_line, printable, short_number

STEERING = [*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xDC80]


def test_what_steers_a_terminal_is_an_escape():
    for code in STEERING:
        shown = printable(f"a{chr(code)}b")
        assert shown.isprintable()
        assert shown.startswith("a\\")
        assert shown[1:-1].encode("ascii").decode("unicode_escape") == chr(code)


def test_every_character_there_is_can_be_shown():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert printable(every).isprintable()
    for encoding in ("ascii", "cp1252", "latin-1", "utf-8", "utf-16", "cp437", "shift_jis"):
        assert every[:0x3000].encode(encoding, ERRORS)


def test_text_that_can_be_shown_stays():
    assert printable("größe − 2² ≤ σ, 日本 \\x1b") == "größe − 2² ≤ σ, 日本 \\x1b"
    assert printable(printable("\x1b")) == "\\x1b"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", "3 x 4 - 1 <= sigma ... + +-+ | #"),
        ("latin-1", "3 × 4 - 1 <= sigma ... + +-+ | #"),
        ("cp1252", "3 × 4 - 1 <= sigma … + +-+ | #"),
        ("utf-8", "3 × 4 − 1 ≤ σ … ┏ ┌─┐ │ █"),
    ],
)
def test_what_an_encoding_lacks_is_written_in_ascii(encoding: str, shown: str):
    assert in_encoding("3 × 4 − 1 ≤ σ … ┏ ┌─┐ │ █", encoding) == shown


def test_what_nobody_has_a_substitute_for_is_an_escape():
    assert in_encoding("日", "ascii") == "\\u65e5"
    assert in_encoding("\udc80", "utf-8") == "\\udc80"


def test_messages_are_one_line():
    assert one_line(" a\n\t b\r\n\x1b[31mc\x85d ") == "a b \\x1b[31mc\\x85d"
    assert (
        str(PezoError("tool: \x1b[31mfailed\nat \u202eend")) == r"tool: \x1b[31mfailed at \u202eend"
    )


def test_keys_and_values_of_errors():
    error = ConfigError("a\x07", "x\n\x1b]0;t\x07\u202e", "a \x9b")
    assert str(error) == ('a\\x07 = "x\\n\\x1b]0;t\\x07\\u202e" is not allowed; allowed: a \\x9b')
    assert "\\u202e" in str(ConfigError("k", ["\u202e"], "x"))


def test_counts_beyond_all_measure_are_short():
    numbers = (0, 7905, 10**9 - 1, 5_643_118_635, 2**112, 10**400)
    assert [short_number(n) for n in numbers] == (
        ["0", "7,905", "999,999,999", "5.6e+9", "5.2e+33", "1.0e+400"]
    )
