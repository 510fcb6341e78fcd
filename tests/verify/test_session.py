"""The last words of a simulation, as each simulator writes them."""

from __future__ import annotations

import pytest

from pezo_hw.verify.session import fatal_words


@pytest.mark.parametrize(
    "line",
    [
        "FATAL: /tmp/x/ramb.v:271: RAMB18E2: no such pin",
        "[5000] %Fatal: ramb.v:271: Assertion failed in top.ramb: RAMB18E2: no such pin",
        "Fatal: RAMB18E2: no such pin",
    ],
)
def test_words_of_fatal(line: str):
    assert fatal_words(f"building\n{line}\nAborting...\n") == "RAMB18E2: no such pin"


def test_a_fatal_without_words_is_none():
    log = "[5000] %Fatal: ramb.v:271: Assertion failed in top.ramb\nFATAL: t.v:1: \n"
    assert fatal_words(log) == ""
    assert fatal_words("cocotb.regression.SimFailure: not fatal: at all") == ""
