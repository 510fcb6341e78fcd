"""``pezo figures``, with the measuring replaced."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pezo_hw.synth.record import Entry, Record
from tests.corruption import no_files
from tests.table6.test_table import USED

MEASURED = Record(
    entries={("xcup", "core"): Entry(key="now", resources=replace(USED, lut=33, ff=8))}
)


@pytest.fixture(autouse=True)
def handed(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What each measuring was asked for."""
    asked = []

    def measure(**options):
        asked.append(options)
        return MEASURED

    monkeypatch.setattr("pezo_hw.cli.figures.measure_figures", measure)
    return asked


def recorded(path: Path, key: str = "now", **numbers: float) -> Path:
    used = replace(USED, **numbers)
    path.write_text(Record(entries={("xcup", "core"): Entry(key=key, resources=used)}).text())
    return path


def test_growth_fails_and_says_how_to_record_it(pezo, tmp_path: Path):
    file = recorded(tmp_path / "figures.json", lut=32, ff=9)
    status, out, _ = pezo("figures", file)
    assert status == 1
    assert "+1" in out
    assert "-1" in out
    assert f"pezo figures {file} --record" in out.replace("\n", "")


def test_shrinking_alone_passes(pezo, tmp_path: Path):
    status, out, _ = pezo("figures", recorded(tmp_path / "f.json", lut=34, ff=8))
    assert status == 0
    assert "-1" in out


def test_another_source_with_the_same_figures_passes_and_is_said(pezo, tmp_path: Path):
    file = recorded(tmp_path / "f.json", key="before", lut=33, ff=8)
    status, out, _ = pezo("figures", file)
    assert status == 0
    assert "of another source than recorded: xcup core" in out
    assert f"pezo figures {file} --record" in out.replace("\n", "")


def test_recording_writes_what_then_passes(pezo, tmp_path: Path):
    file = tmp_path / "figures.json"
    assert pezo("figures", file, "--record")[0] == 0
    assert file.read_text() == MEASURED.text()
    status, out, _ = pezo("figures", file)
    assert (status, out.count("\n")) == (0, 1)
    assert "as recorded" in out


def test_what_is_recorded_is_known_unless_all_is_asked_for(pezo, tmp_path: Path, handed):
    file = recorded(tmp_path / "f.json", lut=33, ff=8)
    pezo("figures", file)
    pezo("figures", file, "--all")
    assert [list(options["known"]) for options in handed] == [["now"], []]


def test_a_missing_file_is_one_line(pezo, tmp_path: Path):
    status, out, err = pezo("figures", tmp_path / "none.json")
    assert (status, out) == (2, "")
    assert "No such file" in err


def damaged() -> dict[str, str]:
    """Files that hold no record, by what is wrong."""
    whole = json.loads(MEASURED.text())
    core = whole["xcup"]["core"]
    cores = {
        "text for a number": core | {"lut": "1"},
        "null": core | {"ff": None},
        "a path without levels": core | {"path": {}},
        "no path": core | {"path": 3},
        "a figure too few": {name: n for name, n in core.items() if name != "carry"},
        "a figure too many": core | {"more": 1},
        "no key": {name: n for name, n in core.items() if name != "key"},
        "a key that is no text": core | {"key": ["x"]},
        "a number": 1,
    }
    texts = {name: json.dumps({"xcup": {"core": core}}) for name, core in cores.items()}
    return texts | {"a list": "[]", "not two deep": '{"a": 1}', "cut": MEASURED.text()[:-9]}


@pytest.mark.parametrize("name", damaged())
def test_a_file_that_holds_no_figures(pezo, tmp_path: Path, name: str):
    (tmp_path / "figures.json").write_text(damaged()[name])
    status, out, err = pezo("figures", tmp_path / "figures.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "allowed: a file that --record wrote" in err


def test_what_is_no_file_of_figures_is_one_line(pezo, tmp_path: Path):
    path = tmp_path / "figures.json"
    path.touch()
    for _ in no_files(path):
        status, out, err = pezo("figures", path)
        assert (status, out, err.count("\n")) == (2, "", 1)
    path.write_text("[" * 100_000)
    status, out, err = pezo("figures", path)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_what_is_no_page_is_one_line(pezo, tmp_path: Path):
    page = tmp_path / "page.md"
    page.touch()
    for _ in no_files(page):
        status, out, err = pezo("table6", "--into", page)
        assert (status, out, err.count("\n")) == (2, "", 1)
    page.write_bytes(b"\xff")
    assert pezo("table6", "--into", page)[0] == 2


def test_manifests_that_are_none_are_passed_by(pezo, tmp_path: Path):
    path = tmp_path / "pezo.json"
    for text in ("[]", "{", "[" * 100_000, '{"config": 1}', "\xff"):
        path.write_text(text)
        status, _, err = pezo("verify", "paper-opt", "--rtl", tmp_path)
        assert (status, err.count("\n")) == (2, 1)
        assert "holds no core of paper-opt" in err
    for _ in no_files(path):
        status, _, err = pezo("verify", "paper-opt", "--rtl", tmp_path)
        assert (status, err.count("\n")) == (2, 1)
