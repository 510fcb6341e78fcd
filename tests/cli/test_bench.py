"""``pezo bench``, with figures that are given."""

import json
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.benchmarks import Measure
from pezo_hw.benchmarks.attention_layer import Way
from pezo_hw.cli import bench

REACHED = Measure(measure="a : b", preset="p", ours=6.0, theirs=3.0, unit="numbers/s", at_least=1.0)
MISSED = Measure(measure="c : limit", preset="q", ours=6.0, theirs=3.0, unit="MB", at_least=1.0)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    def give(*found: list[Measure] | PezoError) -> None:
        monkeypatch.setattr(bench, "carry_out", lambda plan, torch, on_round: iter(found))

    return give


def test_a_table_and_json(pezo, given, tmp_path: Path):
    given([REACHED], PezoError("no simulator here"))
    file = tmp_path / "bench.json"
    status, out, err = pezo("bench", "--quick", "--json", file)
    assert (status, err) == (0, "")
    assert "a : b" in out
    assert "skipped: no simulator here" in out
    assert "NumPy" in out
    assert json.loads(file.read_text()) == [REACHED.as_dict()]


def test_what_is_missed_decides_the_exit_status(pezo, given):
    given([REACHED], [MISSED])
    status, out, _ = pezo("bench")
    assert status == 1
    assert "c : limit" in out


def test_the_layer_is_a_table_json_and_a_part_of_a_page(
    pezo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    ways = [Way(where="here", how="by hand", ms=3.0)]
    monkeypatch.setattr(bench, "measured_ways", lambda rounds, torch, on_round: ways)
    page, file = tmp_path / "page.md", tmp_path / "layer.json"
    page.write_text("a\n<!-- layer -->\n<!-- /layer -->\nb\n")
    status, out, err = pezo("bench", "--layer", "--quick", "--into", page, "--json", file)
    assert (status, err) == (0, "")
    for text in (out, page.read_text()):
        assert "by hand" in text
        assert "Cortex-A53" in text
        assert "wide, 65,536 cycles" in text
    assert ways[0].as_dict() in json.loads(file.read_text())
    status, out, err = pezo("bench", "--into", page)
    assert (status, out) == (2, "")
    assert "allowed: with --layer alone" in err
