"""Mutants of a small checkout, tried for real."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cosmic_ray", reason="make install-mutants installs it")
pytest.importorskip("coverage", reason="make install-mutants installs it")
pytest.importorskip("psutil", reason="make install-mutants installs it")

from tests.mutants.campaign import Campaign
from tests.mutants.executed import Recordings
from tests.mutants.mutant import Mutant, mutants_of
from tests.mutants.verdicts import Verdict, Verdicts
from tests.mutants.workspace import Workspace

ADDER = "pezo_hw/rtl/adder.py"


def find(source: str, operator: str, line: int) -> Mutant:
    (found, *_) = (m for m in mutants_of(ADDER, source) if (m.operator, m.line) == (operator, line))
    return found


@pytest.mark.slow
def test_what_is_tested_is_killed_and_the_rest_survives(checkout: Path, tmp_path: Path):
    source = (checkout / ADDER).read_text()
    mutants = [
        find(source, "ReplaceBinaryOperator_Add_Sub", 2),
        find(source, "ReplaceBinaryOperator_Sub_Add", 6),
        find(source, "ReplaceComparisonOperator_Lt_LtE", 10),
        find(source, "DropStatement", 11),
        find(source, "ReplaceBinaryOperator_Mul_Add", 16),
    ]
    found: dict[Mutant, Verdict] = {}
    recordings = Recordings(file=tmp_path / "executed.jsonl", tree="")
    with Campaign(root=checkout, workers=2, recordings=recordings, allowance=1) as campaign:
        campaign.try_all(mutants, {ADDER: source}, lambda v: found.update({v.mutant: v}))
    assert [found[mutant].killed_by for mutant in mutants] == [
        "tests/rtl/test_adder.py::test_add",
        None,
        "tests/rtl/test_adder.py::test_climb",
        "(time)",
        "tests/rtl/test_adder.py::test_thrice",
    ]
    assert found[mutants[1]].lines == ["-    return a - b", "+    return a + b"]
    assert (checkout / ADDER).read_text() == source


@pytest.mark.slow
def test_tests_that_fail_by_themselves_prove_nothing(checkout: Path, tmp_path: Path):
    recordings = Recordings(file=tmp_path / "executed.jsonl", tree="")
    (checkout / "tests/rtl/test_other.py").write_text("def test_nothing():\n    assert False\n")
    with (
        Campaign(root=checkout, workers=1, recordings=recordings) as campaign,
        pytest.raises(RuntimeError, match="test_nothing fails where nothing is broken"),
    ):
        source = (checkout / ADDER).read_text()
        survivor = find(source, "ReplaceBinaryOperator_Sub_Add", 6)
        campaign.try_all([survivor], {ADDER: source}, lambda verdict: None)


def test_a_workspace_has_what_git_does_not_ignore(checkout: Path, tmp_path: Path):
    copy = Workspace.copy_of(checkout, tmp_path / "copy").folder
    assert (copy / ADDER).read_text() == (checkout / ADDER).read_text()
    assert not (copy / "a.secret").exists()
    assert not (copy / ".git").exists()


def test_what_was_broken_is_whole_again_whatever_happens(checkout: Path, tmp_path: Path):
    workspace = Workspace.copy_of(checkout, tmp_path / "copy")
    source = (checkout / ADDER).read_text()
    mutant = find(source, "ReplaceBinaryOperator_Add_Sub", 2)
    with pytest.raises(KeyboardInterrupt), workspace.broken(mutant):
        assert "a - b" in (workspace.folder / ADDER).read_text().splitlines()[1]
        raise KeyboardInterrupt
    assert (workspace.folder / ADDER).read_text() == source


def test_verdicts_are_found_again_unless_the_file_is_another_one(tmp_path: Path):
    mutant = Mutant(path=ADDER, operator="AddNot", occurrence=1, line=7)
    from tests.mutants.verdicts import digest

    verdict = Verdict(mutant=mutant, source=digest("a"), killed_by=None, seconds=1.5, lines=["-a"])
    file = tmp_path / "build" / "verdicts.jsonl"
    Verdicts(file=file).add(verdict)
    with file.open("a") as half:
        half.write('{"mutant": {"pa')
    again = Verdicts(file=file)
    assert again.of(mutant, "a") == verdict
    assert again.of(mutant, "b") is None
