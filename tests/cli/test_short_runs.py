"""What is said of a training before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw.cli import short_runs
from pezo_hw.cli.short_runs import say_how_long
from pezo_hw.explore import Journal, Request, candidates_of, parse_space
from pezo_hw.explore.run import key_for
from pezo_hw.explore.training import ShortRuns
from tests.explore.spaces import SMALL


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The configurations that are asked how long they take: 31.4 seconds each."""
    names: list[str] = []
    monkeypatch.setattr(
        short_runs, "expected_seconds", lambda config, runs: names.append(config.name) or 31.4
    )
    return names


def test_the_time_of_what_is_left_is_said_beforehand(asked, tmp_path: Path, capsys):
    candidates = candidates_of(parse_space(SMALL, name="small")).found
    request = Request(length=9, training=ShortRuns(steps=5))
    with Journal.open(tmp_path / "journal") as journal:
        say_how_long(candidates, Request(length=9), 1, journal)
        assert (asked, capsys.readouterr().out) == ([], "")
        for candidate in candidates[:4]:
            journal.add(key_for(candidate, request), {})
        say_how_long(candidates, request, 2, journal)
        assert asked == ["small-7"]
        # Six of them, two at a time.
        out = capsys.readouterr().out
        assert "about 31 s for each of 6 configurations, 2 min on 2 processes" in out
        say_how_long(candidates, request, 1, journal)
        assert "6 configurations, 4 min on 1 process with" in capsys.readouterr().out
        for candidate in candidates:
            journal.add(key_for(candidate, request), {})
        say_how_long(candidates, request, 1, journal)
        assert (len(asked), capsys.readouterr().out) == (2, "")
