"""``pezo figures``, with the measuring replaced."""

import json
from pathlib import Path

import pytest

from tests.corruption import no_files

MEASURED = {"xcup": {"core": {"lut": 33, "ff": 8}}}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pezo_hw.cli.figures.measure_figures", lambda **options: MEASURED)


def recorded(path: Path, **numbers: float) -> Path:
    path.write_text(json.dumps({"xcup": {"core": numbers}}))
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


def test_recording_writes_what_then_passes(pezo, tmp_path: Path):
    file = tmp_path / "figures.json"
    assert pezo("figures", file, "--record")[0] == 0
    assert json.loads(file.read_text()) == MEASURED
    status, out, _ = pezo("figures", file)
    assert status == 0
    assert "as recorded" in out


def test_a_missing_file_is_one_line(pezo, tmp_path: Path):
    status, out, err = pezo("figures", tmp_path / "none.json")
    assert (status, out) == (2, "")
    assert "No such file" in err


@pytest.mark.parametrize("content", ["[]", '{"a": 1}', '{"xcup": {"x": {"lut": "1"}}}', "{"])
def test_a_file_that_holds_no_figures(pezo, tmp_path: Path, content: str):
    (tmp_path / "figures.json").write_text(content)
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
