"""Which tests a mutant meets, from what was noted while they ran."""

from pathlib import Path

from tests.mutants.executed import Executed, Meets, Recordings, read_notes

A, B = "tests/test_a.py", "tests/test_b.py"
FILE = "pezo_hw/x.py"
NOTES = f"""\
*\t{FILE}\t3
{A}\t{FILE}\t5
{A}::test_one\t{FILE}\t7
{A}::test_one\t(seconds)\t1.5
{A}::test_two[x y]\t{FILE}\t8
{A}::test_two[x y]\t(seconds)\t0.25
{B}::test_copy\t{FILE}\t0
{B}::test_copy\t(seconds)\t0.25
{B}::test_own_tracer\t*\t0
{B}::test_own_tracer\t(seconds)\t0.5
{B}::test_other\t(seconds)\t0.5
{B}::test_long\t(other kind)\t1
"""


def met(executed: Executed, lines: set[int] | None, file: str = FILE) -> set[str]:
    meets = Meets.of(executed, file, lines)
    return {test.partition("::")[2] for test in set(executed.seconds) - meets.left_out}


def test_a_mutant_meets_the_tests_that_carry_out_its_line():
    a, b = read_notes(NOTES, (A, B), slow=False, taken=5.0)
    assert (a.start, b.start) == (1.0, 1.0)
    assert met(a, {7}) == {"test_one"}
    assert met(a, {6, 8}) == {"test_two[x y]"}
    assert met(a, {9}) == set()
    # Whoever read the file may have carried out any line of it; of other files nobody did.
    assert met(b, {7}) == {"test_copy", "test_own_tracer"}
    assert met(b, {7}, file="pezo_hw/y.py") == {"test_own_tracer"}
    meets = Meets.of(a, FILE, {7})
    assert (meets.module, meets.any_test, meets.seconds) == (A, True, 2.5)
    assert not Meets.of(a, FILE, {9}).any_test


def test_all_tests_meet_what_a_module_or_an_import_carries_out_and_what_is_unknown():
    a, b = read_notes(NOTES, (A, B), slow=False, taken=5.0)
    for lines in ({3}, {3, 9}, None):
        assert met(a, lines) == {"test_one", "test_two[x y]"}
        assert met(b, lines) == {"test_copy", "test_own_tracer", "test_other"}
    assert met(a, {5}) == {"test_one", "test_two[x y]"}
    assert met(b, {5}) == {"test_copy", "test_own_tracer"}
    unknown = Executed(module=A, slow=True, start=9.0)
    assert Meets.of(unknown, FILE, {7}).any_test


def test_recordings_are_found_again_unless_a_file_has_changed(tmp_path: Path):
    file = tmp_path / "build" / "executed.jsonl"
    found = read_notes(NOTES, (A, B), slow=False, taken=5.0)
    Recordings(file=file, tree="x").add(found)
    with file.open("a") as half:
        half.write('{"tree": "x", "modu')
    again = Recordings(file=file, tree="x")
    assert [again.of(A, False), again.of(B, False)] == found
    assert again.of(A, True) is None
    # Of the slow tests of one nothing is known; the other one has none.
    assert [again.is_unknown(module, True) for module in (A, B)] == [False, True]
    assert not again.is_unknown(A, False)
    assert Recordings(file=file, tree="y").of(A, False) is None
