"""``pezo power``, with the measuring replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pezo_hw.power import Net, Request
from tests.power.cells import liberty_text
from tests.power.test_comparison import figures


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """What each measuring was asked for; the figures fall from one to the next."""
    requests: list[Request] = []

    def measure(configs, request, *, on_step):
        requests.append(request)
        watts = None if request.liberty is None else 0.5
        return [
            figures(
                config.name,
                100.0 / (index + 1),
                watts,
                nets=[Net(name="mantissa[7]", cell="FDRE", toggles=0.5)] * bool(request.nets),
            )
            for index, config in enumerate(configs)
        ]

    monkeypatch.setattr("pezo_hw.cli.power.measure", measure)
    return requests


def test_the_terminal_shows_kinds_nets_and_assumptions(pezo):
    status, out, err = pezo("power", "paper-roberta", "--nets", 3)
    assert (status, err) == (0, "")
    for part in ("paper-roberta", "LUT", "mantissa[7]", "no glitches", "S is not known"):
        assert part in out
    assert "pJ" not in out


def test_a_comparison_is_one_table_of_ratios(pezo):
    status, out, _ = pezo("power", "--compare", "mezo", "spread", "wide")
    assert status == 0
    assert "beside mezo" in out
    assert "50 (÷ 2)" in out
    assert "33.33 (÷ 3)" in out


def test_json_has_ratios_and_notes(pezo):
    status, out, _ = pezo("power", "mezo", "spread", "--json")
    said = json.loads(out)
    assert status == 0
    assert [entry["name"] for entry in said["configurations"]] == ["mezo", "spread"]
    assert said["configurations"][1]["ratios"] == {"toggles a cycle": 2.0}
    assert any("no glitches" in note for note in said["notes"])


def test_a_library_is_read_and_asked_with(pezo, tmp_path: Path, asked: list[Request]):
    path = tmp_path / "paper.lib"
    path.write_text(liberty_text())
    status, out, err = pezo("power", "spread", "--liberty", path, "--cycles", 17, "--no-cache")
    assert (status, err) == (0, "")
    (request,) = asked
    assert request.liberty is not None
    assert (request.liberty.name, request.cycles, request.mhz) == ("paper", 17, None)
    assert request.cache.folder is None
    assert "gates" in out


def test_what_is_wrong_is_one_line(pezo, tmp_path: Path, asked: list[Request]):
    path = tmp_path / "no.lib"
    path.write_text("nothing")
    for arguments, reason in (
        (("--liberty", path), "not a Liberty file"),
        (("--liberty", tmp_path / "none"), "No such file"),
        (("--clock", 50), "--clock = 50.0 is not allowed; allowed: with --liberty alone"),
        (("--clock", "fast"), "'fast' is not a valid float"),
        (("--cycles", 0), "0 is not in the range"),
        (("--json", "--markdown"), "--json = true is not allowed"),
        (("--plot", tmp_path / "plot.gif"), "allowed: FILE.svg or FILE.png"),
    ):
        status, out, err = pezo("power", "spread", *arguments)
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
        assert reason in err
    assert asked == []
